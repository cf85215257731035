#include <algorithm>

#include "template/filters.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

Value addslashes(Renderer& renderer, const Value& input, const Value*) {
  const TextOf text(renderer, input);
  std::string result;
  result.reserve(text.view().size());
  for (const char c : text.view()) {
    if (c == '\\' || c == '"' || c == '\'') result += '\\';
    result += c;
  }
  return result;
}

Value capfirst(Renderer& renderer, const Value& input, const Value*) {
  const TextOf text(renderer, input);
  const std::size_t first = offset_of(text, 1);
  std::string result = upper_text(text.view().substr(0, first));
  return result += text.view().substr(first);
}

enum class Side { left, right, both };

Value pad(Renderer& renderer, std::string_view filter, const Value& input, const Value& width_value, Side text_side) {
  const TextOf text(renderer, input);
  const std::int64_t width = whole_argument(renderer, filter, width_value);
  const auto length = static_cast<std::int64_t>(length_of(text));
  if (width <= length) return std::string(text);
  renderer.check_size(static_cast<std::size_t>(width));
  const auto blanks = static_cast<std::size_t>(width - length);
  std::size_t before = 0;
  if (text_side == Side::right) before = blanks;
  if (text_side == Side::both) before = blanks / 2 + (blanks & static_cast<std::size_t>(width) & 1U);
  std::string result;
  result.reserve(text.view().size() + blanks);
  result.append(before, ' ').append(text.view()).append(blanks - before, ' ');
  return result;
}

Value center(Renderer& renderer, const Value& input, const Value* width) {
  return pad(renderer, "center", input, *width, Side::both);
}
Value ljust(Renderer& renderer, const Value& input, const Value* width) {
  return pad(renderer, "ljust", input, *width, Side::left);
}
Value rjust(Renderer& renderer, const Value& input, const Value* width) {
  return pad(renderer, "rjust", input, *width, Side::right);
}

Value cut(Renderer& renderer, const Value& input, const Value* argument) {
  if (!argument->is_text()) renderer.fail("the argument of the filter 'cut' is not a text");
  const TextOf shown(renderer, input);
  const std::string_view text = shown;
  const std::string_view unwanted = argument->text();
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t found = unwanted.empty() ? std::string_view::npos : text.find(unwanted, i);
    const std::size_t end = std::min(found, text.size());
    result += text.substr(i, end - i);
    i = end + (found == std::string_view::npos ? 0 : unwanted.size());
  }
  // Without its ";" an entity such as &lt; is no longer one.
  return Value(std::move(result)).with_safety(input.is_safe() && unwanted != ";");
}

Value lower(Renderer& renderer, const Value& input, const Value*) { return lower_text(TextOf(renderer, input)); }
Value upper(Renderer& renderer, const Value& input, const Value*) { return upper_text(TextOf(renderer, input)); }

bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
char ascii_lower(char c) { return is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// "o'Higgins 3RD" comes out as "O'higgins 3rd": Python's str.title(), then Django's two corrections.
Value title(Renderer& renderer, const Value& input, const Value*) {
  std::string result = title_text(TextOf(renderer, input));
  for (std::size_t i = 2; i < result.size(); ++i) {
    if (is_ascii_lower(result[i - 2]) && result[i - 1] == '\'') result[i] = ascii_lower(result[i]);
  }
  for (std::size_t i = 1; i < result.size(); ++i) {
    if (result[i - 1] >= '0' && result[i - 1] <= '9') result[i] = ascii_lower(result[i]);
  }
  return result;
}

constexpr FilterRow rows[] = {
    {"addslashes", addslashes, Argument::none, Safety::kept}, {"capfirst", capfirst, Argument::none, Safety::kept},
    {"center", center, Argument::required, Safety::kept},     {"cut", cut, Argument::required, Safety::lost},
    {"ljust", ljust, Argument::required, Safety::kept},       {"lower", lower, Argument::none, Safety::kept},
    {"rjust", rjust, Argument::required, Safety::kept},       {"title", title, Argument::none, Safety::kept},
    {"upper", upper, Argument::none, Safety::lost},
};

}  // namespace

std::span<const FilterRow> text_filters() { return rows; }

}  // namespace egarage::tmpl
