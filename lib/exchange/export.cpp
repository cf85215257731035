#include "exchange/export.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace egarage::exchange {
namespace {

void write_csv_cell(std::ostream& output, std::string_view cell) {
  if (cell.find_first_of(",;\t\"\r\n") == std::string_view::npos) {
    output << cell;
    return;
  }
  output << '"';
  for (const char c : cell) {
    if (c == '"') output << '"';
    output << c;
  }
  output << '"';
}

void write_csv(std::ostream& output, const Cells& cells) {
  std::string_view separator;
  for (const auto& cell : cells) {
    output << separator;
    write_csv_cell(output, cell.value_or(""));
    separator = ",";
  }
  output << '\n';
}

std::string quoted(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_list(std::string_view cell) {
  std::string list;
  for (std::string_view rest = cell == empty_list ? "" : cell; !rest.empty();) {
    const auto word = rest.substr(0, rest.find('|'));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    list += (list.empty() ? "" : ",") + quoted(word);
  }
  return "[" + list + "]";
}

std::string json_value(Column::Form form, std::string_view cell) {
  if (cell.empty()) return "null";
  switch (form) {
    case Column::Form::number:
      return std::string(cell);
    case Column::Form::flag:
      return cell == "yes" ? "true" : "false";
    case Column::Form::list:
      return json_list(cell);
    case Column::Form::text:
      break;
  }
  return quoted(cell);
}

void write_json(std::ostream& output, Columns columns, const Cells& cells) {
  char separator = '{';
  for (std::size_t i = 0; i < columns.size(); ++i) {
    output << separator << quoted(columns[i].name) << ':' << json_value(columns[i].form, cells[i].value_or(""));
    separator = ',';
  }
  output << "}\n";
}

Cells header(Columns columns) {
  Cells names;
  for (const auto& column : columns) names.emplace_back(std::string(column.name));
  return names;
}

}  // namespace

void export_rows(store::Database& database, const Kind& kind, std::span<const Owner> owners, Format format,
                 std::ostream& output) {
  if (format == Format::csv) write_csv(output, header(kind.columns));
  const auto write = [&](const Cells& cells) {
    format == Format::csv ? write_csv(output, cells) : write_json(output, kind.columns, cells);
  };
  if (!kind.is_of_companies()) return kind.write(database, Owner{}, write);
  for (const auto& owner : owners) {
    kind.write(database, owner, [&](const Cells& cells) {
      Cells with_company{owner.company.slug};
      with_company.insert(with_company.end(), cells.begin(), cells.end());
      write(with_company);
    });
  }
}

}  // namespace egarage::exchange
