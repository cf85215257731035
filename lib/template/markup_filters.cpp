#include "template/escaping.hpp"
#include "template/filters.hpp"
#include "template/strip_tags.hpp"

namespace egarage::tmpl {

namespace {

/// HTML, unless the output is Markdown: there an entity would not keep `*` or `#` from being markup.
Escape markup_of(const Renderer& renderer) { return renderer.escape_when_on(); }

Value force_escape(Renderer& renderer, const Value& input, const Value*) {
  return Value::safe(escaped(TextOf(renderer, input), markup_of(renderer)));
}

Value escape(Renderer& renderer, const Value& input, const Value* argument) {
  return input.is_safe() ? input : force_escape(renderer, input, argument);
}

Value safe(Renderer& renderer, const Value& input, const Value*) { return Value::safe(renderer.str(input)); }

Value striptags(Renderer& renderer, const Value& input, const Value*) {
  auto stripped = strip_tags(TextOf(renderer, input));
  if (!stripped) renderer.fail("the filter 'striptags' cannot read the tags in the text");
  return std::move(*stripped);
}

constexpr FilterRow rows[] = {
    {"escape", escape, Argument::none, Safety::kept},
    {"force_escape", force_escape, Argument::none, Safety::kept},
    {"safe", safe, Argument::none, Safety::kept},
    {"striptags", striptags, Argument::none, Safety::kept},
};

}  // namespace

std::span<const FilterRow> markup_filters() { return rows; }

}  // namespace egarage::tmpl
