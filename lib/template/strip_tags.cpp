#include "template/strip_tags.hpp"

#include <algorithm>

#include "template/markup_ends.hpp"

namespace egarage::tmpl {

namespace {

constexpr auto npos = std::string_view::npos;

/// What Python refuses, too: declarations that are none, tags hidden in tags without end.
struct Refused {};

/// Takes the markup out of a text once, as Python's HTMLParser reads it.
class Stripper {
 public:
  explicit Stripper(std::string_view text) : text_(text), ends_(text) {}

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
                            : begins_with(rest, "<!doctype")   ? ends_.behind('>', at_ + 9)
                            : rest[1] == '!' || rest[1] == '?' ? ends_.behind('>', at_ + 2)
                                                               : at_;
    if (end == at_) {
      out_ += text_[at_++];
    } else if (end != npos) {
      at_ = end;
    } else {
      if (ending == Ending::may_follow) return false;
      const std::size_t close = ends_.behind('>', at_ + 1);
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
      const std::size_t closed = ends_.behind(text_[value], value + 1);
      if (closed != npos) return closed;
      if (value > behind_equals) return value;
      if (behind_equals - equals < 2) return i;
    }
    bare = true;
    while (value < text_.size() && text_[value] != '>' && !is_blank(text_[value])) ++value;
    return value;
  }

  std::size_t read_end_tag() {
    const std::size_t end = ends_.behind('>', at_ + 1);
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

  std::size_t behind_comment() { return ends_.behind_signs("-", "-", at_ + 4); }

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
      return ends_.behind_signs("]", "]", begin);
    if (is("if") || is("else") || is("endif")) return ends_.behind_signs("]", "", begin);
    throw Refused();
  }

  static bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }

  void charge(std::size_t octets) {
    constexpr std::size_t readings = 64;
    work_ += octets;
    if (work_ > readings * (text_.size() + 1024)) throw Refused();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string_view cdata_;  ///< the element whose text is no markup
  std::string out_;
  MarkupEnds ends_;
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
