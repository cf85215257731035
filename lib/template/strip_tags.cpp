#include "template/strip_tags.hpp"

#include <algorithm>

namespace egarage::tmpl {

namespace {

constexpr auto npos = std::string_view::npos;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

/// The end of the tag that begins at `begin`; a `>` inside a quoted attribute value does not end it. npos: never.
std::size_t end_of_start_tag(std::string_view text, std::size_t begin) {
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '>') return i + 1;
    if (text[i] != '=') continue;
    const std::size_t value = text.find_first_not_of(" \t\r\n\f", i + 1);
    if (value == npos) return npos;
    if (text[value] != '"' && text[value] != '\'') continue;
    const std::size_t closing = text.find(text[value], value + 1);
    if (closing == npos) return npos;
    i = closing;
  }
  return npos;
}

std::size_t end_of_markup(std::string_view text, std::size_t begin) {
  const auto behind = [text](std::string_view closer, std::size_t from) {
    const std::size_t found = text.find(closer, from);
    return found == npos ? npos : found + closer.size();
  };
  const std::string_view rest = text.substr(begin);
  if (rest.size() < 2) return npos;
  if (is_letter(rest[1])) return end_of_start_tag(text, begin);
  if (rest.starts_with("<!--")) return behind("-->", begin + 4);
  if (rest[1] == '/' || rest[1] == '!' || rest[1] == '?') return behind(">", begin + 2);
  return npos;
}

/// `&name` and `&#1` get their `;` if they lack it, as Python's HTMLParser hands them on.
std::size_t append_reference(std::string& out, std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;
  if (end < text.size() && text[end] == '#') ++end;
  const std::size_t name = end;
  while (end < text.size() && is_name(text[end])) ++end;
  const bool is_reference =
      end > name && end < text.size() && (text[name - 1] == '#' ? !is_letter(text[name]) : is_letter(text[name]));
  out += text.substr(begin, end - begin);
  if (!is_reference) return end;
  out += ';';
  return text[end] == ';' ? end + 1 : end;
}

/// Every tag without an end costs a search through the whole text; more than this many are no honest text.
constexpr int most_unclosed_tags = 50;

std::optional<std::string> strip_once(std::string_view text) {
  std::string out;
  int unclosed_tags = 0;
  bool unclosed = false;  // no ">" from here on
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '<' && !unclosed) {
      const std::size_t end = end_of_markup(text, i);
      if (end != npos) {
        i = end;
        continue;
      }
      unclosed = text.find('>', i) == npos;
      const bool searched = i + 1 < text.size() && (is_letter(text[i + 1]) || text[i + 1] == '!');
      if (!unclosed && searched && ++unclosed_tags > most_unclosed_tags) return std::nullopt;
    }
    if (text[i] == '&') {
      i = append_reference(out, text, i);
    } else {
      out += text[i++];
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> strip_tags(std::string_view text) {
  constexpr int deepest = 50;
  std::string value(text);
  for (int depth = 0; value.find('<') != npos && value.find('>') != npos; ++depth) {
    if (depth >= deepest) return std::nullopt;
    auto stripped = strip_once(value);
    if (!stripped) return std::nullopt;
    if (std::ranges::count(value, '<') == std::ranges::count(*stripped, '<')) break;
    value = std::move(*stripped);
  }
  return value;
}

}  // namespace egarage::tmpl
