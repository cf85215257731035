#include "template/lexer.hpp"

#include <optional>
#include <string>
#include <utility>

#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

constexpr auto npos = std::string_view::npos;

/// Finds a fixed text from ever growing positions; remembers the last answer, so that all searches together are linear.
class ForwardSearch {
 public:
  ForwardSearch(std::string_view text, std::string_view wanted) : text_(text), wanted_(wanted) {}

  std::size_t from(std::size_t position) {
    if (found_ != npos && found_ >= position) return found_;
    if (found_ == npos && searched_) return npos;
    searched_ = true;
    found_ = text_.find(wanted_, position);
    return found_;
  }

 private:
  std::string_view text_, wanted_;
  std::size_t found_ = npos;
  bool searched_ = false;
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    std::size_t position = 0;
    while ((position = text_.find('{', position)) != npos) {
      const std::size_t end = end_of_tag(position);
      if (end == npos) {
        ++position;
        continue;
      }
      add_tag(position, end);
      position = end;
    }
    add_text(text_.size());
    return std::move(tokens_);
  }

 private:
  std::size_t end_of_tag(std::size_t begin) {
    if (begin + 1 >= text_.size()) return npos;
    const char kind = text_[begin + 1];
    ForwardSearch* closer = kind == '{'   ? &variable_end_
                            : kind == '%' ? &block_end_
                            : kind == '#' ? &comment_end_
                                          : nullptr;
    if (closer == nullptr) return npos;
    const std::size_t end = closer->from(begin + 2);
    if (end == npos || line_end_.from(begin + 2) < end) return npos;
    return end + 2;
  }

  void add_tag(std::size_t begin, std::size_t end) {
    const std::string_view content = strip(text_.substr(begin + 2, end - begin - 4));
    const char kind = text_[begin + 1];
    if (verbatim_end_ && !(kind == '%' && content == *verbatim_end_)) return;  // stays part of the text
    add_text(begin);
    text_begin_ = end;
    verbatim_end_.reset();
    if (kind == '#') return;
    tokens_.push_back({kind == '{' ? TokenKind::variable : TokenKind::block, content, position_of(begin)});
    if (kind == '%' && (content == "verbatim" || content.starts_with("verbatim "))) {
      verbatim_end_ = "end" + std::string(content);
    }
  }

  void add_text(std::size_t end) {
    if (end > text_begin_) {
      tokens_.push_back({TokenKind::text, text_.substr(text_begin_, end - text_begin_), position_of(text_begin_)});
    }
    text_begin_ = end;
  }

  Position position_of(std::size_t offset) {
    while (counted_ < offset) {
      if (text_[counted_] == '\n') {
        ++counted_;
        ++here_.line;
        here_.column = 1;
      } else {
        next_code_point(text_, counted_);
        ++here_.column;
      }
    }
    return here_;
  }

  std::string_view text_;
  ForwardSearch variable_end_{text_, "}}"}, block_end_{text_, "%}"}, comment_end_{text_, "#}"}, line_end_{text_, "\n"};
  std::vector<Token> tokens_;
  std::optional<std::string> verbatim_end_;
  std::size_t text_begin_ = 0;
  std::size_t counted_ = 0;
  Position here_;
};

/// The end of the quoted string that begins at `begin`, or npos. `never_closed` remembers a quote that has no end from
/// some place on (escapes stay aligned, so it has none further on either) and keeps the search linear.
std::size_t end_of_string(std::string_view text, std::size_t begin, bool& never_closed) {
  if (never_closed) return npos;
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == text[begin]) {
      return i + 1;
    }
  }
  never_closed = true;
  return npos;
}

}  // namespace

std::vector<Token> tokenize(std::string_view text) { return Lexer(text).run(); }

std::vector<std::string_view> split_words(std::string_view content) {
  std::vector<std::string_view> words;
  bool double_unclosed = false;
  bool single_unclosed = false;
  const auto end_of_blank_free = [content](std::size_t position) {
    std::size_t end = position;
    for (std::size_t next = position; next < content.size() && !is_space(next_code_point(content, next));) end = next;
    return end;
  };
  std::size_t position = 0;
  while (position < content.size()) {
    const std::size_t begin = position;
    if (is_space(next_code_point(content, position))) continue;
    std::size_t end = begin;
    std::size_t last_string_end = npos;
    for (std::size_t at = begin; at < content.size();) {
      const char c = content[at];
      if (c == '"' || c == '\'') {
        const std::size_t string_end = end_of_string(content, at, c == '"' ? double_unclosed : single_unclosed);
        if (string_end == npos) {
          end = last_string_end != npos ? at : end_of_blank_free(begin);
          break;
        }
        end = at = last_string_end = string_end;
        continue;
      }
      std::size_t next = at;
      if (is_space(next_code_point(content, next))) break;
      end = at = next;
    }
    words.push_back(content.substr(begin, end - begin));
    position = end;
  }
  return words;
}

}  // namespace egarage::tmpl
