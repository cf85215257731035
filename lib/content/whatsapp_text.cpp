#include "content/whatsapp_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "content/markdown.hpp"
#include "content/text_writer.hpp"
#include "core/ascii.hpp"

namespace egarage::content {
namespace {

// Our own marks are control characters, which no words contain (write_text leaves them out), until the line is whole
// and it shows which of them WhatsApp would recognise, and which characters of the words it would take for one.
struct Kind {
  char open, close;            ///< while the line is being made
  char mark;                   ///< WhatsApp's
  std::string_view lookalike;  ///< the full-width form, which the fonts of every phone have
  std::string_view encoded;    ///< in an address (RFC 3986 §2.1)
};
constexpr std::array<Kind, 4> kinds{{
    {'\x01', '\x02', '*', "\uFF0A", "%2A"},
    {'\x03', '\x04', '_', "\uFF3F", "%5F"},
    {'\x05', '\x06', '`', "'", "%60"},
    {'\0', '\0', '~', "\uFF5E", "%7E"},  // strikes words out; Markdown has nothing of the kind
}};
constexpr const Kind& code = kinds[2];
constexpr std::string_view fence = "\x07";

constexpr TextStyle style{
    .between_blocks = 2,
    .quote = "> ",
    .rule = {},
    .links = LinkStyle::after_colon,
    .strong = {"\x01", "\x02"},
    .emphasis = {"\x03", "\x04"},
    .code = {"\x05", "\x06"},
    .fence = fence,
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_own_mark(char c) { return c >= '\x01' && c <= '\x06'; }
/// Part of a word, for certain or perhaps: which characters beyond ASCII WhatsApp takes for one is not documented.
bool could_be_word(char c) { return core::is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

class Line {
 public:
  explicit Line(std::string_view text) : text_(text), keep_(text.size(), true), defuse_(text.size(), false) {}

  std::string finished() {
    for (const auto& kind : kinds) judge(kind);
    std::string result;
    bool in_address = false;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (is_blank(text_[at])) in_address = false;
      if (text_.substr(at).starts_with("://")) in_address = true;
      append(result, at, in_address);
    }
    while (!result.empty() && is_blank(result.back())) result.pop_back();
    return result;
  }

 private:
  void judge(const Kind& kind) {
    std::size_t active = 0, start = 0;
    bool in_code = false;
    std::vector<std::size_t> words_own;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == kind.open && kind.open != '\0') start = at;
      if (c == kind.close && kind.close != '\0') {
        keep_[start] = keep_[at] = stands_free(start, at);
        if (keep_[at]) active += 2;
      }
      if (c == code.open || c == code.close) in_code = c == code.open;
      if (in_code && &kind != &code) continue;  // nothing is marked there
      if (c == kind.mark && could_mark(at, kind)) words_own.push_back(at);
    }
    if (active + words_own.size() < 2) return;  // a mark alone marks nothing
    for (const auto at : words_own) defuse_[at] = true;
  }

  /// WhatsApp knows a pair of marks by what is around it: no word may touch it outside, no blank inside.
  bool stands_free(std::size_t open, std::size_t close) const {
    auto before = open, after = close + 1;
    while (before > 0 && is_own_mark(text_[before - 1])) --before;
    while (after < text_.size() && is_own_mark(text_[after])) ++after;
    if (before > 0 && could_be_word(text_[before - 1])) return false;
    if (after < text_.size() && could_be_word(text_[after])) return false;
    auto first = open + 1;
    while (first < close && is_own_mark(text_[first])) ++first;
    return first < close;
  }

  /// Whether WhatsApp might take a character of the words for a mark; in doubt it might.
  bool could_mark(std::size_t at, const Kind& kind) const {
    if (&kind == &code) return true;
    const bool begins = at == 0 || !core::is_letter_or_digit(text_[at - 1]);
    const bool ends = at + 1 == text_.size() || !core::is_letter_or_digit(text_[at + 1]);
    const bool blank_before = at == 0 || is_blank(text_[at - 1]);
    const bool blank_after = at + 1 == text_.size() || is_blank(text_[at + 1]);
    return (begins && !blank_after) || (ends && !blank_before);
  }

  void append(std::string& out, std::size_t at, bool in_address) const {
    const char c = text_[at];
    for (const auto& kind : kinds) {
      if (is_own_mark(c) && (c == kind.open || c == kind.close)) {
        if (keep_[at]) out += kind.mark;
        return;
      }
      if (c == kind.mark && defuse_[at]) {
        out += in_address ? kind.encoded : kind.lookalike;
        return;
      }
    }
    out += c;
  }

  std::string_view text_;
  std::vector<bool> keep_;    ///< by place of an own mark: whether it is written
  std::vector<bool> defuse_;  ///< by place of a character of the words
};

/// Inside a fence everything is shown as it is.
std::string fenced(std::string_view line) {
  std::string result{line};
  for (auto& c : result) {
    if (c == code.mark) c = code.lookalike.front();
  }
  return result;
}

}  // namespace

std::string whatsapp_text(std::string_view markdown) {
  const auto text = write_text(parse_markdown(markdown), style);
  std::string result;
  bool in_fence = false;
  for (std::string_view rest = text; !rest.empty();) {
    const auto length = std::min(rest.find('\n'), rest.size());
    const auto line = rest.substr(0, length);
    if (line.ends_with(fence)) {
      in_fence = !in_fence;
      result += line.substr(0, line.size() - fence.size());
      result += "```";
    } else {
      result += in_fence ? fenced(line) : Line{line}.finished();
    }
    if (length < rest.size()) result += '\n';
    rest.remove_prefix(std::min(length + 1, rest.size()));
  }
  return result;
}

}  // namespace egarage::content
