#include "exchange/export.hpp"

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

void write_json(std::ostream& output, Columns columns, const Cells& cells) {
  nlohmann::ordered_json object;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto& member = object[std::string(columns[i].name)];
    if (cells[i] && !cells[i]->empty()) member = *cells[i];
  }
  output << object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
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
