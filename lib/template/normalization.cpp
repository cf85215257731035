#include "template/normalization.hpp"

#include <algorithm>
#include <array>

#include "template/normalization_tables.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

struct Decomposition {
  char32_t composed, base, mark;
};

constexpr std::size_t count_pairs() {
  std::size_t count = 0;
  for (const auto& row : pairs) count += row.composed.size();
  return count;
}

constexpr auto decompositions = [] {
  std::array<Decomposition, count_pairs()> all{};
  std::size_t next = 0;
  for (const auto& row : pairs) {
    for (std::size_t i = 0; i < row.composed.size(); ++i) all[next++] = {row.composed[i], row.bases[i], row.mark};
  }
  std::ranges::sort(all, {}, &Decomposition::composed);
  return all;
}();

int combining_class(char32_t c) {
  if (c < combining_classes[0].first) return 0;
  const auto* row = std::ranges::upper_bound(combining_classes, c, {}, &CombiningClass::first) - 1;
  if (row->first == 0x0370) return is_combining(c) ? 230 : 0;
  return row->value;
}

void append_decomposed(std::u32string& out, char32_t c) {
  if (const auto at = respelled.find(c); at != std::u32string_view::npos) c = preferred[at];
  const auto* row = std::ranges::lower_bound(decompositions, c, {}, &Decomposition::composed);
  if (row == decompositions.end() || row->composed != c) {
    out += c;
    return;
  }
  append_decomposed(out, row->base);
  append_decomposed(out, row->mark);
}

char32_t composed_of(char32_t base, char32_t mark) {
  for (const auto& row : pairs) {
    if (row.mark != mark) continue;
    if (const auto at = row.bases.find(base); at != std::u32string_view::npos) return row.composed[at];
  }
  return 0;
}

/// Marks of one letter in the order of their classes.
void order_marks(std::u32string& points) {
  for (auto mark = points.begin(); mark != points.end();) {
    mark = std::find_if(mark, points.end(), [](char32_t c) { return combining_class(c) != 0; });
    const auto end = std::find_if(mark, points.end(), [](char32_t c) { return combining_class(c) == 0; });
    std::stable_sort(mark, end, [](char32_t a, char32_t b) { return combining_class(a) < combining_class(b); });
    mark = end;
  }
}

void append_ascii(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  // Letters and digits of mathematics: thirteen alphabets, then five rows of digits.
  if (c >= 0x1D400 && c <= 0x1D6A3) {
    const char32_t letter = (c - 0x1D400) % 52;
    out += static_cast<char>(letter < 26 ? 'A' + letter : 'a' + letter - 26);
    return;
  }
  if (c >= 0x1D7CE && c <= 0x1D7FF) {
    out += static_cast<char>('0' + (c - 0x1D7CE) % 10);
    return;
  }
  const auto* behind = std::ranges::upper_bound(ascii_runs, c, {}, &AsciiRun::first);
  if (behind == std::begin(ascii_runs)) return;
  const auto& run = *(behind - 1);
  const std::size_t at = (c - run.first) * run.width;
  if (at < run.ascii.size()) out += run.ascii.substr(at, run.width);
}

bool is_composed_already(std::string_view text) {
  // Below U+0300 there is no mark, and no sign that is spelled otherwise.
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0xCC; });
}

}  // namespace

std::string compose(std::string_view text) {
  if (is_composed_already(text)) return std::string(text);
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) append_decomposed(points, next_code_point(text, position));
  order_marks(points);
  std::u32string composed;
  composed.reserve(points.size());
  std::size_t letter = 0;
  int latest_class = 0;
  for (const char32_t c : points) {
    const int own_class = combining_class(c);
    if (own_class > latest_class && letter < composed.size()) {
      if (const char32_t joined = composed_of(composed[letter], c); joined != 0) {
        composed[letter] = joined;
        continue;
      }
    }
    if (own_class == 0) letter = composed.size();
    latest_class = own_class;
    composed += c;
  }
  std::string result;
  result.reserve(text.size());
  for (const char32_t c : composed) append_code_point(result, c);
  return result;
}

std::string ascii_of(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::u32string points;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t c = next_code_point(text, position);
    if (c < 0x80) {
      result += static_cast<char>(c);
      continue;
    }
    points.clear();
    append_decomposed(points, c);
    for (const char32_t point : points) append_ascii(result, point);
  }
  return result;
}

}  // namespace egarage::tmpl
