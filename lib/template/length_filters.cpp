#include <algorithm>
#include <vector>

#include "template/filters.hpp"
#include "template/locale.hpp"
#include "template/normalization.hpp"
#include "template/python.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

Value truncatechars(Renderer& renderer, const Value& input, const Value* argument) {
  const TextOf shown(renderer, input);
  if (argument->is_none() || argument->is_sequence() || argument->object() != nullptr) {
    whole_argument(renderer, "truncatechars", *argument);
  }
  const auto wanted = to_int(*argument);
  if (!wanted) return input.is_text() ? input : Value(std::string(shown));
  std::string text = compose(shown);
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
    if (seen > *wanted) {
      text.resize(cut_at);
      return text += ellipsis;
    }
  }
  return text;
}

Value truncatewords(Renderer& renderer, const Value& input, const Value* argument) {
  const TextOf text(renderer, input);
  if (argument->is_none() || argument->is_sequence() || argument->object() != nullptr) {
    whole_argument(renderer, "truncatewords", *argument);
  }
  const auto wanted = to_int(*argument);
  if (!wanted) return input.is_text() ? input : Value(std::string(text));
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

Value wordcount(Renderer& renderer, const Value& input, const Value*) {
  const TextOf text(renderer, input);
  std::int64_t count = 0;
  for (std::size_t position = 0; !next_word(text, position).empty();) ++count;
  return count;
}

/// Where Python's str.splitlines() ends a line.
bool ends_line(char32_t c) {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/// What wordwrap takes as blank: ASCII only, and each becomes a space.
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Breaks lines into rows of at most `width` code points, as far as the words allow (Python's textwrap).
class Wrapper {
 public:
  explicit Wrapper(std::size_t width) : width_(width) {}

  void add_line(std::string_view line) {
    const std::string text = with_spaces(line);
    rows_of_line_ = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const bool spaces = text[begin] == ' ';
      const auto end = std::min(spaces ? text.find_first_not_of(' ', begin) : text.find(' ', begin), text.size());
      add_chunk(std::string_view(text).substr(begin, end - begin));
      begin = end;
    }
    end_row();
  }

  std::string take() { return std::move(result_); }

 private:
  void add_chunk(std::string_view chunk) {
    const std::size_t length = length_of(chunk);
    if (!row_.empty() && row_length_ + length > width_) end_row();
    const bool is_blank_chunk = strip(chunk).empty();
    const bool dropped = at_start_ && rows_of_line_ > 0 && is_blank_chunk;
    at_start_ = false;
    if (dropped) return;
    content_ = is_blank_chunk ? row_.size() : row_.size() + chunk.size();
    row_ += chunk;
    row_length_ += length;
  }

  void end_row() {
    row_.resize(content_);
    if (!row_.empty()) {
      if (has_row_) result_ += '\n';
      result_ += row_;
      has_row_ = true;
      ++rows_of_line_;
    }
    row_.clear();
    content_ = row_length_ = 0;
    at_start_ = true;
  }

  /// Tabs reach to the next column of eight; every blank becomes a space.
  static std::string with_spaces(std::string_view line) {
    constexpr std::size_t tab = 8;
    std::string text;
    text.reserve(line.size());
    std::size_t column = 0;
    for (const char c : line) {
      if (c == '\t') {
        const std::size_t spaces = tab - column % tab;
        text.append(spaces, ' ');
        column += spaces;
        continue;
      }
      text += is_blank(c) ? ' ' : c;
      const bool continues_code_point = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
      if (!continues_code_point) ++column;
      if (c == '\n' || c == '\r') column = 0;
    }
    return text;
  }

  std::size_t width_;
  std::string result_, row_;
  std::size_t row_length_ = 0;
  std::size_t content_ = 0;  ///< octets of the row without its last blanks
  std::size_t rows_of_line_ = 0;
  bool has_row_ = false;
  bool at_start_ = true;
};

Value wordwrap(Renderer& renderer, const Value& input, const Value* argument) {
  const TextOf shown(renderer, input);
  const std::string_view text = shown;
  const std::int64_t width = whole_argument(renderer, "wordwrap", *argument);
  if (text.empty()) return Value::empty_text();
  if (width <= 0) renderer.fail("the filter 'wordwrap' needs a width of at least 1");
  Wrapper wrapper(static_cast<std::size_t>(width));
  for (std::size_t begin = 0, position = 0; begin < text.size();) {
    const std::size_t at = position;
    const bool ends = ends_line(next_code_point(text, position));
    if (ends && text.compare(at, 2, "\r\n") == 0) ++position;
    if (!ends && position < text.size()) continue;
    wrapper.add_line(text.substr(begin, position - begin));
    begin = position;
  }
  return wrapper.take();
}

constexpr FilterRow rows[] = {
    {"truncatechars", truncatechars, Argument::required, Safety::kept},
    {"truncatewords", truncatewords, Argument::required, Safety::kept},
    {"wordcount", wordcount, Argument::none, Safety::lost},
    {"wordwrap", wordwrap, Argument::required, Safety::kept},
};

}  // namespace

std::span<const FilterRow> length_filters() { return rows; }

}  // namespace egarage::tmpl
