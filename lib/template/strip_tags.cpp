#include "template/strip_tags.hpp"

#include <algorithm>
#include <array>

namespace egarage::tmpl {

namespace {

constexpr auto npos = std::string_view::npos;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f'); }

bool begins_with(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::equal(lower_case.begin(), lower_case.end(), text.begin(), [](char wanted, char c) {
           return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
         });
}

/// What Python refuses, too: declarations that are none, tags hidden in tags without end.
struct Refused {};

/// Takes the markup out of a text once, as Python's HTMLParser reads it.
class Stripper {
 public:
  explicit Stripper(std::string_view text) : text_(text) {}

  std::string strip() {
    // Python reads twice: what never ends stops the first reading, and is text for the second.
    read_all(Ending::may_follow);
    read_all(Ending::reached);
    if (cdata_.empty() && at_ < text_.size()) out_ += text_.substr(at_);
    return std::move(out_);
  }

 private:
  enum class Ending { may_follow, reached };
  struct StartTag {
    std::size_t end;
    bool closes_itself;
  };

  void read_all(Ending ending) {
    while (at_ < text_.size()) {
      const std::size_t found = cdata_.empty() ? text_.find_first_of("&<", at_) : find_cdata_end();
      if (found == npos && !cdata_.empty()) return;
      out_ += text_.substr(at_, found == npos ? npos : found - at_);
      at_ = std::min(found, text_.size());
      if (at_ == text_.size()) return;
      if (!(text_[at_] == '<' ? read_markup(ending) : read_reference(ending))) return;
    }
  }

  /// False where reading stops.
  bool read_markup(Ending ending) {
    const std::string_view rest = text_.substr(at_);
    if (rest.size() < 2) return false;
    const std::size_t end = is_letter(rest[1])                 ? read_start_tag()
                            : rest[1] == '/'                   ? read_end_tag()
                            : rest.starts_with("<!--")         ? behind_comment()
                            : rest.starts_with("<![")          ? behind_section()
                            : begins_with(rest, "<!doctype")   ? behind('>', at_ + 9)
                            : rest[1] == '!' || rest[1] == '?' ? behind('>', at_ + 2)
                                                               : at_;
    if (end == at_) {
      out_ += text_[at_++];
    } else if (end != npos) {
      at_ = end;
    } else {
      if (ending == Ending::may_follow) return false;
      const std::size_t close = behind('>', at_ + 1);
      const std::size_t stop = close != npos ? close : std::min(text_.find('<', at_ + 1), text_.size());
      const std::size_t until = close == npos && stop == text_.size() ? at_ + 1 : stop;
      out_ += text_.substr(at_, until - at_);
      at_ = until;
    }
    return true;
  }

  /// `&name` and `&#1` get their `;` if they lack it.
  bool read_reference(Ending ending) {
    const std::string_view rest = text_.substr(at_);
    const std::size_t end = rest.starts_with("&#") ? end_of_number(rest) : end_of_name(rest);
    if (end != npos) {
      out_ += rest.substr(0, end);
      out_ += ';';
      at_ += end + (rest[end] == ';' ? 1 : 0);
      return true;
    }
    if (rest.starts_with("&#")) {
      if (rest.find(';') != npos) {
        out_ += "&#";
        at_ += 2;
      }
      return false;
    }
    if (rest.size() < 2) return false;
    if (is_letter(rest[1])) {
      // A letter that ends the text loses the sign in front of it.
      if (ending == Ending::reached && rest.size() == 2) ++at_;
      return false;
    }
    out_ += '&';
    ++at_;
    return true;
  }

  static std::size_t end_of_number(std::string_view rest) {
    const bool hexadecimal = rest.size() > 2 && (rest[2] == 'x' || rest[2] == 'X');
    const std::size_t begin = hexadecimal ? 3 : 2;
    std::size_t end = begin;
    while (end < rest.size() && (hexadecimal ? is_hex(rest[end]) : is_digit(rest[end]))) ++end;
    return end > begin && end < rest.size() && !is_hex(rest[end]) ? end : npos;
  }

  static std::size_t end_of_name(std::string_view rest) {
    if (rest.size() < 2 || !is_letter(rest[1])) return npos;
    std::size_t end = 1, latest_sign = npos;
    for (; end < rest.size(); ++end) {
      const bool is_sign = rest[end] == '-' || rest[end] == '.';
      if (is_sign) latest_sign = end;
      if (!is_sign && !is_letter(rest[end]) && !is_digit(rest[end])) return end;
    }
    return latest_sign;
  }

  std::size_t read_start_tag() {
    const StartTag tag = start_tag();
    if (tag.end == npos) return npos;
    if (!tag.closes_itself) {
      for (const std::string_view name : {"script", "style"}) {
        const auto rest = text_.substr(at_ + 1);
        constexpr std::string_view ends = "\t\n\r\f />";
        if (begins_with(rest, name) && ends.find(rest[name.size()]) != npos) cdata_ = name;
      }
    }
    return tag.end;
  }

  /// The end of the tag at `at_`; its own position where Python takes it as text; npos when it never ends.
  StartTag start_tag() {
    std::size_t i = at_ + 1;
    for (constexpr std::string_view ends("\t\n\r\f />\0", 8); i < text_.size() && ends.find(text_[i]) == npos;) ++i;
    while (i < text_.size() && (is_blank(text_[i]) || text_[i] == '/')) ++i;
    bool bare = false;
    while (i < text_.size() && text_[i] != '>' && text_[i] != '/' && follows_separator(i)) {
      i = behind_attribute(i, bare);
      while (i < text_.size() && (is_blank(text_[i]) || (text_[i] == '/' && text_.substr(i, 2) != "/>"))) {
        bare = false;
        ++i;
      }
    }
    charge(i - at_);
    if (i >= text_.size()) return {npos, false};
    if (text_[i] == '>') return {i + 1, text_[i - 1] == '/' && !bare};
    if (text_.substr(i, 2) == "/>") return {i + 2, true};
    if (text_[i] == '/' || text_[i] == '=' || is_letter(text_[i])) return {npos, false};
    return {at_, false};
  }

  bool follows_separator(std::size_t i) const {
    const char before = text_[i - 1];
    return before == '\'' || before == '"' || before == '/' || is_blank(before);
  }

  std::size_t behind_attribute(std::size_t i, bool& bare) {
    ++i;
    while (i < text_.size() && text_[i] != '/' && text_[i] != '=' && text_[i] != '>' && !is_blank(text_[i])) ++i;
    bare = false;
    std::size_t equals = i;
    while (equals < text_.size() && is_blank(text_[equals])) ++equals;
    std::size_t behind_equals = equals;
    while (behind_equals < text_.size() && text_[behind_equals] == '=') ++behind_equals;
    if (behind_equals == equals) return i;
    std::size_t value = behind_equals;
    while (value < text_.size() && is_blank(text_[value])) ++value;
    if (value < text_.size() && (text_[value] == '"' || text_[value] == '\'')) {
      const std::size_t closed = behind(text_[value], value + 1);
      if (closed != npos) return closed;
      if (value > behind_equals) return value;
      if (behind_equals - equals < 2) return i;
    }
    bare = true;
    while (value < text_.size() && text_[value] != '>' && !is_blank(text_[value])) ++value;
    return value;
  }

  std::size_t read_end_tag() {
    const std::size_t end = behind('>', at_ + 1);
    if (end != npos) cdata_ = {};
    return end;
  }

  /// Inside `<script>` and `<style>` only their end tag counts.
  std::size_t find_cdata_end() const {
    for (std::size_t i = text_.find("</", at_); i != npos; i = text_.find("</", i + 2)) {
      std::size_t name = i + 2;
      while (name < text_.size() && is_blank(text_[name])) ++name;
      if (!begins_with(text_.substr(name), cdata_)) continue;
      name += cdata_.size();
      while (name < text_.size() && is_blank(text_[name])) ++name;
      if (name < text_.size() && text_[name] == '>') return i;
    }
    return npos;
  }

  std::size_t behind_comment() { return behind_signs("-", "-", at_ + 4); }

  /// `<![CDATA[…]]>` and `<![if …]>`.
  std::size_t behind_section() {
    const std::size_t begin = at_ + 3;
    std::size_t end = begin;
    while (end < text_.size() && (is_letter(text_[end]) || (end > begin && is_name(text_[end])))) ++end;
    if (begin >= text_.size()) return npos;
    if (end == begin) throw Refused();
    const auto name = text_.substr(begin, end - begin);
    while (end < text_.size() && is_blank(text_[end])) ++end;
    if (end == text_.size()) return npos;
    const auto is = [name](std::string_view known) { return name.size() == known.size() && begins_with(name, known); };
    if (is("temp") || is("cdata") || is("ignore") || is("include") || is("rcdata"))
      return behind_signs("]", "]", begin);
    if (is("if") || is("else") || is("endif")) return behind_signs("]", "", begin);
    throw Refused();
  }

  static bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }

  /// Behind `--  >`, `]  ]  >` or `]  >`: the first such end from `from` on.
  std::size_t behind_signs(std::string_view first, std::string_view second, std::size_t from) {
    std::size_t& none_from = none_[static_cast<unsigned char>(second.empty() ? '[' : first[0])];
    if (from >= none_from) return npos;
    for (std::size_t i = text_.find(first, from); i != npos; i = text_.find(first, i + 1)) {
      std::size_t next = i + 1;
      const auto skip_blanks = [&] {
        while (next < text_.size() && is_blank(text_[next])) ++next;
      };
      if (first == "]") skip_blanks();
      if (!text_.substr(next).starts_with(second)) continue;
      next += second.size();
      skip_blanks();
      if (next < text_.size() && text_[next] == '>') return next + 1;
    }
    none_from = std::min(none_from, from);
    return npos;
  }

  /// Behind the next such sign. Remembers from where on there is none: nothing is searched for twice in vain.
  std::size_t behind(char sign, std::size_t from) {
    std::size_t& none_from = none_[static_cast<unsigned char>(sign)];
    if (from >= none_from) return npos;
    const std::size_t found = text_.find(sign, from);
    if (found != npos) return found + 1;
    none_from = from;
    return npos;
  }

  void charge(std::size_t octets) {
    constexpr std::size_t readings = 64;
    work_ += octets;
    if (work_ > readings * (text_.size() + 1024)) throw Refused();
  }

  static constexpr std::array<std::size_t, 128> nowhere() {
    std::array<std::size_t, 128> none{};
    none.fill(npos);
    return none;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string_view cdata_;  ///< the element whose text is no markup
  std::string out_;
  std::array<std::size_t, 128> none_ = nowhere();
  std::size_t work_ = 0;
};

/// Django's bound: a tag that stays open for 1,000 characters and holds 50 "<".
bool hides_tags(std::string_view text) {
  constexpr std::size_t long_tag = 1000;
  constexpr std::ptrdiff_t many = 50;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('>', begin), text.size());
    const auto part = text.substr(begin, end - begin);
    for (std::size_t i = part.find('<'); i != npos; i = part.find('<', i + 1)) {
      if (i + 1 >= part.size() || !is_letter(part[i + 1])) continue;
      const auto tag = part.substr(i);
      const auto continuations =
          std::ranges::count_if(tag, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
      const std::size_t length = tag.size() - static_cast<std::size_t>(continuations);
      if (length >= long_tag + 2 && std::ranges::count(tag, '<') >= many) return true;
      break;
    }
    begin = end + 1;
  }
  return false;
}

}  // namespace

std::optional<std::string> strip_tags(std::string_view text) {
  constexpr int deepest = 50;
  if (hides_tags(text)) return std::nullopt;
  std::string value(text);
  for (int depth = 0; value.find('<') != npos && value.find('>') != npos; ++depth) {
    if (depth >= deepest) return std::nullopt;
    try {
      std::string stripped = Stripper(value).strip();
      if (std::ranges::count(value, '<') == std::ranges::count(stripped, '<')) break;
      value = std::move(stripped);
    } catch (const Refused&) {
      return std::nullopt;
    }
  }
  return value;
}

}  // namespace egarage::tmpl
