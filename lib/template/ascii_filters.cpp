#include <algorithm>

#include "template/filters.hpp"
#include "template/normalization.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

constexpr std::string_view hex = "0123456789ABCDEF";

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// For the inside of a JavaScript string: what could end it, or the script around it, becomes `\uXXXX`. Django marks
/// that safe for HTML; in Markdown it is a text like any other.
Value escapejs(Renderer& renderer, const Value& input, const Value*) {
  constexpr std::string_view escaped_signs = "\\'\"><&=-;`";
  constexpr std::string_view line_separator = "\u2028", paragraph_separator = "\u2029";
  const TextOf shown(renderer, input);
  const std::string_view text = shown;
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto octet = static_cast<unsigned char>(text[i]);
    if (octet < 0x20 || escaped_signs.find(text[i]) != std::string_view::npos) {
      result += "\\u00";
      result += hex[octet >> 4U];
      result += hex[octet & 0xFU];
    } else if (text.compare(i, line_separator.size(), line_separator) == 0 ||
               text.compare(i, paragraph_separator.size(), paragraph_separator) == 0) {
      result += text[i + 2] == line_separator[2] ? "\\u2028" : "\\u2029";
      i += line_separator.size() - 1;
    } else {
      result += text[i];
    }
  }
  return Value(std::move(result)).with_safety(renderer.options().escape != Escape::markdown);
}

/// The keys of a telephone for letters: `800-TALLER` → `800-825537`.
Value phone2numeric(Renderer& renderer, const Value& input, const Value*) {
  constexpr std::string_view keys = "22233344455566677778889999";
  if (!input.is_text()) renderer.fail("the value in front of the filter 'phone2numeric' is not a text");
  std::string result = lower_text(input.text());
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = keys[static_cast<std::size_t>(c - 'a')];
  }
  return result;
}

Value slugify(Renderer& renderer, const Value& input, const Value*) {
  constexpr std::string_view blanks = "\t\n\v\f\r\x1c\x1d\x1e\x1f ";
  std::string result;
  for (const char c : ascii_of(TextOf(renderer, input))) {
    if (c == '-' || blanks.find(c) != std::string_view::npos) {
      if (!result.ends_with('-')) result += '-';
    } else if (is_alphanumeric(c) || c == '_') {
      result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  const std::size_t begin = std::min(result.find_first_not_of("-_"), result.size());
  return result.substr(begin, result.find_last_not_of("-_") + 1 - begin);
}

Value urlencode(Renderer& renderer, const Value& input, const Value* argument) {
  if (input.is_text() && input.text().empty()) return input;  // and stays marked safe
  const TextOf text(renderer, input);
  std::string_view kept = "/";
  if (argument != nullptr && !argument->is_none() && !text.view().empty()) {
    if (!argument->is_text()) renderer.fail("the argument of the filter 'urlencode' is not a text");
    kept = argument->text();
  }
  std::string result;
  result.reserve(text.view().size());
  for (const char c : text.view()) {
    const auto octet = static_cast<unsigned char>(c);
    constexpr std::string_view unreserved = "_.-~";  // RFC 3986 §2.3
    const bool plain = is_alphanumeric(c) || unreserved.find(c) != std::string_view::npos ||
                       (octet < 0x80 && kept.find(c) != std::string_view::npos);
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

constexpr FilterRow rows[] = {
    {"escapejs", escapejs, Argument::none, Safety::lost},
    {"phone2numeric", phone2numeric, Argument::none, Safety::kept},
    {"slugify", slugify, Argument::none, Safety::kept},
    {"urlencode", urlencode, Argument::optional, Safety::lost},
};

}  // namespace

std::span<const FilterRow> ascii_filters() { return rows; }

}  // namespace egarage::tmpl
