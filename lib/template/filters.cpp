#include "template/filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "template/python.hpp"

namespace egarage::tmpl {

namespace {

std::vector<FilterRow> sorted_rows() {
  std::vector<FilterRow> rows;
  for (const auto family :
       {ascii_filters(), block_filters(), business_filters(), date_filters(), length_filters(), link_filters(),
        list_filters(), logic_filters(), markup_filters(), number_filters(), sort_filters(), text_filters()}) {
    rows.insert(rows.end(), family.begin(), family.end());
  }
  std::ranges::sort(rows, {}, &FilterRow::name);
  return rows;
}

const std::vector<FilterRow>& all_rows() {
  static const std::vector<FilterRow> rows = sorted_rows();
  return rows;
}

}  // namespace

const FilterRow* find_filter(std::string_view name) {
  const auto row = std::ranges::lower_bound(all_rows(), name, {}, &FilterRow::name);
  return row != all_rows().end() && row->name == name ? &*row : nullptr;
}

std::span<const std::string_view> filter_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> result;
    for (const auto& row : all_rows()) result.push_back(row.name);
    return result;
  }();
  return names;
}

std::int64_t whole_argument(Renderer& renderer, std::string_view filter, const Value& argument) {
  const auto number = to_int(argument);
  if (!number) renderer.fail(fmt::format("the argument of the filter '{}' is not a whole number", filter));
  return *number;
}

}  // namespace egarage::tmpl
