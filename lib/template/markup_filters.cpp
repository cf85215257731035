#include <algorithm>

#include "template/escaping.hpp"
#include "template/filters.hpp"
#include "template/strip_tags.hpp"

namespace egarage::tmpl {

namespace {

/// HTML, unless the output is Markdown: there an entity would not keep `*` or `#` from being markup.
Escape markup_of(const Renderer& renderer) { return renderer.escape_when_on(); }

Value force_escape(Renderer& renderer, const Value& input, const Value*) {
  return Value::safe(escaped(renderer.str(input), markup_of(renderer)));
}

Value escape(Renderer& renderer, const Value& input, const Value* argument) {
  return input.is_safe() ? input : force_escape(renderer, input, argument);
}

Value safe(Renderer& renderer, const Value& input, const Value*) { return Value::safe(renderer.str(input)); }

/// `<br>` between the lines; in Markdown, its own hard line break.
Value linebreaksbr(Renderer& renderer, const Value& input, const Value*) {
  const std::string text = renderer.str(input);
  const Escape in_force = renderer.escape();
  const std::string_view line_break = renderer.options().escape == Escape::markdown ? "\\\n" : "<br>";
  std::string result;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    const auto line = std::string_view(text).substr(begin, end - begin);
    result += in_force != Escape::none && !input.is_safe() ? escaped(line, in_force) : std::string(line);
    if (end < text.size()) result += line_break;
    begin = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
  return Value::safe(std::move(result));
}

Value striptags(Renderer& renderer, const Value& input, const Value*) {
  auto stripped = strip_tags(renderer.str(input));
  if (!stripped) renderer.fail("the text has too many unclosed tags for the filter 'striptags'");
  return std::move(*stripped);
}

constexpr FilterRow rows[] = {
    {"escape", escape, Argument::none, Safety::kept},
    {"force_escape", force_escape, Argument::none, Safety::kept},
    {"linebreaksbr", linebreaksbr, Argument::none, Safety::kept},
    {"safe", safe, Argument::none, Safety::kept},
    {"striptags", striptags, Argument::none, Safety::kept},
};

}  // namespace

std::span<const FilterRow> markup_filters() { return rows; }

}  // namespace egarage::tmpl
