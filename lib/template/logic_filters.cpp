#include <algorithm>
#include <vector>

#include "template/filters.hpp"
#include "template/locale.hpp"

namespace egarage::tmpl {

namespace {

Value default_value(Renderer&, const Value& input, const Value* argument) { return input.truthy() ? input : *argument; }

Value default_if_none(Renderer&, const Value& input, const Value* argument) {
  return input.is_none() ? *argument : input;
}

Value yesno(Renderer& renderer, const Value& input, const Value* argument) {
  std::string_view choices = locale_of(renderer.options().language).yes_no_maybe;
  if (argument != nullptr && !argument->is_none()) {
    if (!argument->is_text()) renderer.fail("the argument of the filter 'yesno' is not a text");
    choices = argument->text();
  }
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= choices.size();) {
    const std::size_t end = std::min(choices.find(',', begin), choices.size());
    parts.push_back(choices.substr(begin, end - begin));
    begin = end + 1;
  }
  if (parts.size() < 2) return input;
  if (input.is_none()) return std::string(parts[parts.size() == 3 ? 2 : 1]);
  return std::string(parts[input.truthy() ? 0 : 1]);
}

constexpr FilterRow rows[] = {
    {"default", default_value, Argument::required, Safety::lost},
    {"default_if_none", default_if_none, Argument::required, Safety::lost},
    {"yesno", yesno, Argument::optional, Safety::lost},
};

}  // namespace

std::span<const FilterRow> logic_filters() { return rows; }

}  // namespace egarage::tmpl
