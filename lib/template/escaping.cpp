#include "template/escaping.hpp"

#include <algorithm>

namespace egarage::tmpl {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view blanks = " \t";
constexpr auto npos = std::string_view::npos;

bool is_alphanumeric(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z') ||
         octet >= 0x80;
}

std::string_view last_line(std::string_view out) {
  const std::size_t line_end = out.find_last_of('\n');
  return line_end == npos ? out : out.substr(line_end + 1);
}

bool ends_in_lone_backslash(std::string_view out) {
  const std::size_t last_other = out.find_last_not_of('\\');
  const std::size_t count = last_other == npos ? out.size() : out.size() - last_other - 1;
  return count % 2 == 1;
}

/// Whether `out` ends with `&`, `&am`, `&#3` …: what a text with `;` could complete to an entity.
bool ends_in_open_entity(std::string_view out) {
  constexpr std::size_t longest = 40;
  for (std::size_t i = out.size(); i > 0 && out.size() - i < longest; --i) {
    const char c = out[i - 1];
    if (c == '&') return true;
    if (!is_alphanumeric(c) && c != '#') return false;
  }
  return false;
}

bool is_markup(char c) {
  constexpr std::string_view markup = "`\\*_[]<>&";
  return markup.find(c) != npos;
}

/// What would begin a heading, a list, a rule, an underline or a fence if it stood first in its line.
bool begins_block(char c) {
  constexpr std::string_view starters = "#+-=~";
  return starters.find(c) != npos;
}

/// One line of a value. `joins` is the octet it follows directly, '\n' if none.
void append_line(std::string& out, std::string_view line, char joins) {
  std::size_t i = 0;
  if (const std::size_t number = line.find_first_not_of(digits); number != 0 && number != npos) {
    if (line[number] == '.' || line[number] == ')') {
      out += line.substr(0, number);
      out += '\\';
      out += line[number];
      i = number + 1;
    }
  } else if (!line.empty() && number == 0) {
    const char first = line.front();
    const bool continues_number = (first == '.' || first == ')') && digits.find(joins) != npos;
    const bool continues_link = (first == '(' || first == ':') && joins == ']';
    if (begins_block(first) || continues_number || continues_link) out += '\\';
    if (!is_markup(first)) {
      out += first;
      i = 1;
    }
  }
  for (; i < line.size(); ++i) {
    const char c = line[i];
    // A "!" at the end could make an image of the author's link behind it.
    if (is_markup(c) || (c == '!' && i + 1 == line.size())) out += '\\';
    out += c;
  }
}

}  // namespace

void append_html(std::string& out, std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t i = text.find_first_of("&<>\"'"); i != npos; i = text.find_first_of("&<>\"'", copied)) {
    out += text.substr(copied, i - copied);
    switch (text[i]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += "&#x27;";
        break;
    }
    copied = i + 1;
  }
  out += text.substr(copied);
}

void append_markdown(std::string& out, std::string_view text) {
  bool first = true;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
    const bool had_blank = !line.empty() && blanks.find(line.front()) != npos;
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    const bool is_last = end == text.size();
    if (line.empty()) {
      if (first && is_last && had_blank && !out.empty() && is_alphanumeric(out.back())) out += ' ';
      continue;
    }
    const std::size_t content = line.find_last_not_of(blanks) + 1;
    const bool blank_behind = content < line.size();
    line = line.substr(0, content);
    if (!first) {
      out += '\n';
    } else if (had_blank && !out.empty() && is_alphanumeric(out.back())) {
      out += ' ';
    }
    const char joins = out.empty() ? '\n' : out.back();
    if (joins == '\\' && ends_in_lone_backslash(out) && (is_markup(line.front()) || begins_block(line.front())))
      out += '\\';
    const bool entity = first && ends_in_open_entity(out) && line.find(';') != npos;
    const std::size_t before = out.size();
    append_line(out, line, joins);
    if (entity) {
      if (const std::size_t semicolon = out.find(';', before); semicolon != npos) out.insert(semicolon, 1, '\\');
    }
    first = false;
    if (is_last && blank_behind) out += ' ';
  }
}

bool ends_in_open_number(std::string_view out) {
  std::string_view line = last_line(out);
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return !line.empty() && line.find_first_not_of(digits) == npos;
}

std::string escaped(std::string_view text, Escape escape) {
  std::string out;
  if (escape == Escape::markdown) {
    append_markdown(out, text);
  } else {
    append_html(out, text);
  }
  return out;
}

}  // namespace egarage::tmpl
