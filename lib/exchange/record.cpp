#include "exchange/record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/nearest_name.hpp"
#include "core/utf8.hpp"
#include "exchange/csv_records.hpp"
#include "exchange/json_records.hpp"
#include "exchange/source.hpp"

namespace egarage::exchange {

std::optional<std::size_t> place_of(Columns columns, std::string_view name) {
  const auto found = std::ranges::find(columns, name, &Column::name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

std::string unknown_column(Columns columns, std::string_view name, std::string_view what) {
  std::vector<std::string_view> names;
  for (const auto& column : columns) names.push_back(column.name);
  const auto nearest = core::nearest_name(name, names);
  const auto shown = core::one_line(core::valid_utf8(core::cut_utf8(core::valid_utf8(name), 64)));
  return nearest ? fmt::format("unknown {} \"{}\"; did you mean \"{}\"?", what, shown, *nearest)
                 : fmt::format("unknown {} \"{}\"; known are {}", what, shown, fmt::join(names, ", "));
}

std::unique_ptr<RecordReader> open_records(std::istream& input, Columns columns) {
  Source source(input);
  const auto first = source.first_visible();
  if (first == '{') return make_json_records(std::move(source), columns);
  return make_csv_records(std::move(source), columns);
}

}  // namespace egarage::exchange
