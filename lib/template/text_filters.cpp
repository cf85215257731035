#include <algorithm>

#include "template/filters.hpp"
#include "template/locale.hpp"
#include "template/python.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

Value addslashes(Renderer& renderer, const Value& input, const Value*) {
  std::string result;
  for (const char c : renderer.str(input)) {
    if (c == '\\' || c == '"' || c == '\'') result += '\\';
    result += c;
  }
  return result;
}

Value capfirst(Renderer& renderer, const Value& input, const Value*) {
  const std::string text = renderer.str(input);
  const std::size_t first = offset_of(text, 1);
  return upper_text(std::string_view(text).substr(0, first)) + text.substr(first);
}

enum class Side { left, right, both };

Value pad(Renderer& renderer, std::string_view filter, const Value& input, const Value& width_value, Side text_side) {
  std::string text = renderer.str(input);
  const std::int64_t width = whole_argument(renderer, filter, width_value);
  const auto length = static_cast<std::int64_t>(length_of(text));
  if (width <= length) return text;
  renderer.check_size(static_cast<std::size_t>(width));
  const auto blanks = static_cast<std::size_t>(width - length);
  std::size_t before = 0;
  if (text_side == Side::right) before = blanks;
  if (text_side == Side::both) before = blanks / 2 + (blanks & static_cast<std::size_t>(width) & 1U);
  return std::string(before, ' ') + text + std::string(blanks - before, ' ');
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
  const std::string text = renderer.str(input);
  const std::string_view unwanted = argument->text();
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t found = unwanted.empty() ? std::string::npos : text.find(unwanted, i);
    const std::size_t end = std::min(found, text.size());
    result.append(text, i, end - i);
    i = end + (found == std::string::npos ? 0 : unwanted.size());
  }
  // Without its ";" an entity such as &lt; is no longer one.
  return Value(std::move(result)).with_safety(input.is_safe() && unwanted != ";");
}

Value lower(Renderer& renderer, const Value& input, const Value*) { return lower_text(renderer.str(input)); }
Value upper(Renderer& renderer, const Value& input, const Value*) { return upper_text(renderer.str(input)); }

bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
char ascii_lower(char c) { return is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// "o'Higgins 3RD" comes out as "O'higgins 3rd": Python's str.title(), then Django's two corrections.
Value title(Renderer& renderer, const Value& input, const Value*) {
  const std::string text = renderer.str(input);
  std::string result;
  bool in_word = false;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t c = next_code_point(text, position);
    if (c == 0xDF && !in_word) {
      result += "Ss";
    } else {
      append_code_point(result, in_word ? to_lower(c) : to_upper(c));
    }
    in_word = is_cased(c);
  }
  for (std::size_t i = 2; i < result.size(); ++i) {
    if (is_ascii_lower(result[i - 2]) && result[i - 1] == '\'') result[i] = ascii_lower(result[i]);
  }
  for (std::size_t i = 1; i < result.size(); ++i) {
    if (result[i - 1] >= '0' && result[i - 1] <= '9') result[i] = ascii_lower(result[i]);
  }
  return result;
}

Value truncatechars(Renderer& renderer, const Value& input, const Value* argument) {
  std::string text = renderer.str(input);
  const auto wanted = to_int(*argument);
  if (!wanted) return text;
  const std::string_view ellipsis = locale_of(renderer.options().language).ellipsis;
  const auto ellipsis_length = static_cast<std::int64_t>(length_of(ellipsis));
  // Django's arithmetic: a width that the ellipsis fills exactly or overfills leaves no text at all.
  const std::int64_t kept = *wanted > 0 ? std::max<std::int64_t>(*wanted - ellipsis_length, 0) : 0;
  std::int64_t seen = 0;
  std::size_t cut_at = std::string::npos;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    if (is_combining(next_code_point(text, position))) continue;
    ++seen;
    if (cut_at == std::string::npos && seen > kept) cut_at = begin;
    if (seen > *wanted) return text.substr(0, cut_at) + std::string(ellipsis);
  }
  return text;
}

Value truncatewords(Renderer& renderer, const Value& input, const Value* argument) {
  std::string text = renderer.str(input);
  const auto wanted = to_int(*argument);
  if (!wanted) return text;
  std::vector<std::string_view> words;
  std::size_t position = 0;
  for (auto word = next_word(text, position); !word.empty(); word = next_word(text, position)) words.push_back(word);
  const auto count = static_cast<std::int64_t>(words.size());
  const bool too_long = count > *wanted;
  const std::int64_t kept = !too_long ? count : *wanted >= 0 ? *wanted : std::max<std::int64_t>(count + *wanted, 0);
  std::string result;
  for (std::int64_t i = 0; i < kept; ++i) {
    if (i > 0) result += ' ';
    result += words[static_cast<std::size_t>(i)];
  }
  constexpr std::string_view mark = " …";
  if (too_long && !result.ends_with(mark)) result += mark;
  return result;
}

Value urlencode(Renderer& renderer, const Value& input, const Value* argument) {
  const std::string kept = argument != nullptr ? renderer.str(*argument) : "/";
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string result;
  for (const char c : renderer.str(input)) {
    const auto octet = static_cast<unsigned char>(c);
    const bool plain =
        octet < 0x80 && ((is_word(octet)) || c == '.' || c == '-' || c == '~' || kept.find(c) != std::string::npos);
    if (plain) {
      result += c;
    } else {
      result += '%';
      result += hex[octet >> 4U];
      result += hex[octet & 0xFU];
    }
  }
  return result;
}

Value wordcount(Renderer& renderer, const Value& input, const Value*) {
  const std::string text = renderer.str(input);
  std::int64_t count = 0;
  for (std::size_t position = 0; !next_word(text, position).empty();) ++count;
  return count;
}

constexpr FilterRow rows[] = {
    {"addslashes", addslashes, Argument::none, Safety::kept},
    {"capfirst", capfirst, Argument::none, Safety::kept},
    {"center", center, Argument::required, Safety::kept},
    {"cut", cut, Argument::required, Safety::lost},
    {"ljust", ljust, Argument::required, Safety::kept},
    {"lower", lower, Argument::none, Safety::kept},
    {"rjust", rjust, Argument::required, Safety::kept},
    {"title", title, Argument::none, Safety::kept},
    {"truncatechars", truncatechars, Argument::required, Safety::kept},
    {"truncatewords", truncatewords, Argument::required, Safety::kept},
    {"upper", upper, Argument::none, Safety::lost},
    {"urlencode", urlencode, Argument::optional, Safety::lost},
    {"wordcount", wordcount, Argument::none, Safety::lost},
};

}  // namespace

std::span<const FilterRow> text_filters() { return rows; }

}  // namespace egarage::tmpl
