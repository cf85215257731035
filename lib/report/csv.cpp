#include "report/csv.hpp"

namespace egarage::report {

std::string csv_cell(std::string_view text) {
  std::string cell(text);
  // A spreadsheet takes these for the start of a formula.
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos)
    cell.insert(0, 1, '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace egarage::report
