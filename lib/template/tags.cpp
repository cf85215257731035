#include "template/tags.hpp"

#include <algorithm>
#include <vector>

namespace egarage::tmpl {

namespace {

const std::vector<TagRow>& all_rows() {
  static const std::vector<TagRow> rows = [] {
    std::vector<TagRow> result;
    for (const auto family :
         {condition_tags(), loop_tags(), scope_tags(), output_tags(), include_tags(), inheritance_tags(), cycle_tags(),
          filter_tags(), value_tags(), regroup_tags(), syntax_tags()}) {
      result.insert(result.end(), family.begin(), family.end());
    }
    std::ranges::sort(result, {}, &TagRow::name);
    return result;
  }();
  return rows;
}

}  // namespace

const TagRow* find_tag(std::string_view name) {
  const auto row = std::ranges::lower_bound(all_rows(), name, {}, &TagRow::name);
  return row != all_rows().end() && row->name == name ? &*row : nullptr;
}

std::span<const std::string_view> tag_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> result;
    for (const auto& row : all_rows()) result.push_back(row.name);
    return result;
  }();
  return names;
}

}  // namespace egarage::tmpl
