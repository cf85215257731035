#include "template/escaping.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace egarage::tmpl {

namespace {

constexpr auto npos = std::string_view::npos;

/// What an octet is to Markdown and HTML, looked up at once: every octet of every value passes here.
enum Class : std::uint8_t {
  alphanumeric = 1,  ///< all beyond ASCII count as such
  digit = 2,
  blank = 4,
  line_end = 8,
  markup = 16,       ///< means something anywhere in a line of Markdown
  block_start = 32,  ///< begins a heading, a list, a rule, an underline or a fence where it stands first
  html_special = 64,
};

constexpr auto classes = [] {
  std::array<std::uint8_t, 256> table{};
  const auto mark = [&](std::string_view octets, Class as) {
    for (const char c : octets) table[static_cast<unsigned char>(c)] |= as;
  };
  mark("0123456789", digit);
  mark("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", alphanumeric);
  for (std::size_t octet = 0x80; octet < table.size(); ++octet) table[octet] |= alphanumeric;
  mark(" \t", blank);
  mark("\r\n", line_end);
  mark("`\\*_[]<>&", markup);
  mark("#+-=~", block_start);
  mark("&<>\"'", html_special);
  return table;
}();

bool is(Class wanted, char c) { return (classes[static_cast<unsigned char>(c)] & wanted) != 0; }

/// The first octet from `begin` on that is of the class; the text's size when there is none.
std::size_t find(Class wanted, std::string_view text, std::size_t begin) {
  while (begin < text.size() && !is(wanted, text[begin])) ++begin;
  return begin;
}
/// The first that is not.
std::size_t skip(Class unwanted, std::string_view text, std::size_t begin) {
  while (begin < text.size() && is(unwanted, text[begin])) ++begin;
  return begin;
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
    if (!is(alphanumeric, c) && c != '#') return false;
  }
  return false;
}

/// One line of a value. `joins` is the octet it follows directly, '\n' if none.
void append_line(std::string& out, std::string_view line, char joins) {
  std::size_t i = 0;
  if (const std::size_t number = skip(digit, line, 0); number != 0 && number != line.size()) {
    if (line[number] == '.' || line[number] == ')') {
      out += line.substr(0, number);
      out += '\\';
      out += line[number];
      i = number + 1;
    }
  } else if (!line.empty() && number == 0) {
    const char first = line.front();
    const bool continues_number = (first == '.' || first == ')') && is(digit, joins);
    const bool continues_link = (first == '(' || first == ':') && joins == ']';
    if (is(block_start, first) || continues_number || continues_link) out += '\\';
    if (!is(markup, first)) {
      out += first;
      i = 1;
    }
  }
  // A "!" at the end could make an image of the author's link behind it.
  const bool opens_image = i < line.size() && line.back() == '!';
  if (opens_image) line.remove_suffix(1);
  while (i < line.size()) {
    const std::size_t next = find(markup, line, i);
    out += line.substr(i, next - i);
    if (next < line.size()) {
      out += '\\';
      out += line[next];
    }
    i = next + 1;
  }
  if (opens_image) out += "\\!";
}

}  // namespace

void append_html(std::string& out, std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t i = find(html_special, text, 0); i < text.size(); i = find(html_special, text, copied)) {
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
    const std::size_t end = find(line_end, text, begin);
    std::string_view line = text.substr(begin, end - begin);
    begin = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
    const bool had_blank = !line.empty() && is(blank, line.front());
    line.remove_prefix(skip(blank, line, 0));
    const bool is_last = end == text.size();
    if (line.empty()) {
      if (first && is_last && had_blank && !out.empty() && is(alphanumeric, out.back())) out += ' ';
      continue;
    }
    std::size_t content = line.size();
    while (is(blank, line[content - 1])) --content;
    const bool blank_behind = content < line.size();
    line = line.substr(0, content);
    if (!first) {
      out += '\n';
    } else if (had_blank && !out.empty() && is(alphanumeric, out.back())) {
      out += ' ';
    }
    const char joins = out.empty() ? '\n' : out.back();
    if (joins == '\\' && ends_in_lone_backslash(out) && (is(markup, line.front()) || is(block_start, line.front())))
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
  if (out.empty() || !is(digit, out.back())) return false;
  std::string_view line = last_line(out);
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return skip(digit, line, 0) == line.size();
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
