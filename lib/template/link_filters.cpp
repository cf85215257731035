#include <algorithm>
#include <limits>

#include "template/escaping.hpp"
#include "template/filters.hpp"
#include "template/unicode.hpp"
#include "template/urlize.hpp"

namespace egarage::tmpl {

namespace {

bool is_separator(char32_t c) { return c == '<' || c == '>' || c == '"' || c == '\'' || is_space(c); }

/// Copies a text and makes links of the addresses in it.
class Linker {
 public:
  Linker(Renderer& renderer, const Value& input, std::int64_t limit)
      : renderer_(renderer),
        limit_(limit),
        markdown_(renderer.options().escape == Escape::markdown),
        raw_(input.is_safe() || renderer.escape() == Escape::none) {}

  std::string link(std::string_view text) {
    std::size_t copied = 0;
    for (std::size_t begin = 0, position = 0; begin <= text.size();) {
      const std::size_t end = position;
      const bool ends = end == text.size() || is_separator(next_code_point(text, position));
      if (!ends) continue;
      const auto word = text.substr(begin, end - begin);
      if (const auto found = find_address(renderer_, word)) {
        const std::size_t middle = begin + found->lead.size();
        if (markdown_) {
          if (!found->address.empty()) {
            write_text(text.substr(copied, middle - copied), Place::before_link);
            write_markdown(*found);
            copied = middle + found->middle.size();
          }
        } else {
          write_text(text.substr(copied, begin - copied));
          write_html(*found, word);
          copied = end;
        }
        renderer_.check_size(result_.size());
      }
      begin = end == text.size() ? end + 1 : position;
    }
    write_text(text.substr(copied));
    return std::move(result_);
  }

 private:
  enum class Place { before_link, elsewhere };

  void write_text(std::string_view text, Place place = Place::elsewhere) {
    if (raw_) {
      result_ += text;
    } else if (markdown_) {
      write_markdown_text(text, place);
    } else {
      append_html(result_, text);
    }
  }

  /// Blanks that append_markdown drops at the ends, because it cannot know what stands there, separate words from links
  /// here.
  void write_markdown_text(std::string_view text, Place place) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const auto leading = text.substr(0, begin);
    if (behind_link_ && begin > 0) {
      write_separator(leading);
      text.remove_prefix(begin);
    }
    behind_link_ = false;
    const std::size_t end = text.find_last_not_of(blanks) + 1;
    const bool before_link = place == Place::before_link;
    append_markdown(result_, before_link ? text.substr(0, end) : text);
    if (before_link && end > 0 && end < text.size()) write_separator(text.substr(end));
  }

  void write_separator(std::string_view blanks) {
    result_ += blanks.find_first_of("\r\n") != std::string_view::npos ? '\n' : ' ';
  }

  std::string shortened(std::string_view text) const {
    if (static_cast<std::int64_t>(length_of(text)) <= limit_) return std::string(text);
    const auto kept = static_cast<std::size_t>(std::max<std::int64_t>(0, limit_ - 1));
    return std::string(text.substr(0, offset_of(text, kept))) + "…";
  }

  void write_html(const WebWord& found, std::string_view word) {
    if (found.address.empty()) {
      result_ += word;
      return;
    }
    write_text(found.lead);
    result_ += "<a href=\"";
    append_html(result_, found.address);
    result_ += found.is_mail ? "\">" : "\" rel=\"nofollow\">";
    write_text(shortened(found.middle));
    result_ += "</a>";
    write_text(found.trail);
  }

  /// `[text](<address>)`. A mail reader follows no `rel`.
  void write_markdown(const WebWord& found) {
    result_ += '[';
    const std::string text = shortened(found.middle);
    result_ += raw_ ? text : escaped(text, Escape::markdown);
    result_ += "](<";
    for (const char c : found.address) {
      if (c == '\\' || c == '&') result_ += '\\';
      result_ += c;
    }
    result_ += ">)";
    behind_link_ = true;
  }

  Renderer& renderer_;
  std::int64_t limit_;
  bool markdown_, raw_;
  bool behind_link_ = false;
  std::string result_;
};

/// Links for the web and mail addresses in a text; in Markdown, links of Markdown.
Value urlize(Renderer& renderer, const Value& input, const Value*) {
  const TextOf text(renderer, input);
  return Value::safe(Linker(renderer, input, std::numeric_limits<std::int64_t>::max()).link(text));
}

Value urlizetrunc(Renderer& renderer, const Value& input, const Value* argument) {
  const TextOf text(renderer, input);
  return Value::safe(Linker(renderer, input, whole_argument(renderer, "urlizetrunc", *argument)).link(text));
}

constexpr FilterRow rows[] = {
    {"urlize", urlize, Argument::none, Safety::kept},
    {"urlizetrunc", urlizetrunc, Argument::required, Safety::kept},
};

}  // namespace

std::span<const FilterRow> link_filters() { return rows; }

}  // namespace egarage::tmpl
