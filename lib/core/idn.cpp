#include "core/idn.hpp"

#include <algorithm>

#include "core/utf8.hpp"

namespace egarage::core {

namespace {

/// The small letter of an ASCII or accented Latin letter; empty for a code point that is not allowed.
std::optional<char32_t> fold_letter(char32_t point) {
  if (point < 0x80) return point >= 'A' && point <= 'Z' ? point + 0x20 : point;
  if (point >= 0xC0 && point <= 0xDE && point != 0xD7) return point + 0x20;
  if (point >= 0xE0 && point <= 0xFF && point != 0xF7) return point;
  return std::nullopt;
}

/// RFC 3492 §6.1, with the parameters of §5.
std::size_t adapt(std::size_t delta, std::size_t points, std::size_t handled) {
  delta = handled == 0 ? delta / 700 : delta / 2;
  delta += delta / points;
  std::size_t k = 0;
  for (; delta > 455; k += 36) delta /= 35;
  return k + 36 * delta / (delta + 38);
}

char digit(std::size_t value) { return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26)); }

/// RFC 3492 §6.3. The points are at most U+00FF, so nothing can overflow.
std::string punycode(const std::u32string& points) {
  std::string result;
  for (const auto point : points) {
    if (point < 0x80) result += static_cast<char>(point);
  }
  const std::size_t basic = result.size();
  std::size_t handled = basic, delta = 0, bias = 72;
  if (basic > 0) result += '-';
  for (char32_t next = 0x80; handled < points.size(); ++next, ++delta) {
    char32_t smallest = 0xFF;
    for (const auto point : points) {
      if (point >= next) smallest = std::min(smallest, point);
    }
    delta += (smallest - next) * (handled + 1);
    next = smallest;
    for (const auto point : points) {
      if (point < next) ++delta;
      if (point != next) continue;
      std::size_t rest = delta;
      for (std::size_t k = 36;; k += 36) {
        const std::size_t threshold = k <= bias ? 1 : std::min<std::size_t>(k - bias, 26);
        if (rest < threshold) break;
        result += digit(threshold + (rest - threshold) % (36 - threshold));
        rest = (rest - threshold) / (36 - threshold);
      }
      result += digit(rest);
      bias = adapt(delta, handled + 1, handled - basic);
      delta = 0;
      ++handled;
    }
  }
  return result;
}

}  // namespace

std::optional<std::string> to_ascii_label(std::string_view label) {
  std::u32string points;
  while (!label.empty()) {
    const auto point = first_code_point(label);
    const auto letter = point.valid ? fold_letter(point.value) : std::nullopt;
    if (!letter) return std::nullopt;
    points += *letter;
    label.remove_prefix(point.octets);
  }
  if (std::all_of(points.begin(), points.end(), [](char32_t point) { return point < 0x80; })) {
    return std::string(points.begin(), points.end());
  }
  return "xn--" + punycode(points);
}

}  // namespace egarage::core
