#include "content/colour.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace egarage::content {
namespace {

constexpr std::uint32_t white = 0xffffff, ink = 0x24292e, default_accent = 0x1f4e79, grey = 0xc4ccd4;
constexpr double readable = 4.5, visible = 1.3;

/// Relative luminance, WCAG 2.1.
double luminance(std::uint32_t colour) {
  const auto linear = [&](int shift) {
    const double value = ((colour >> shift) & 0xff) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0);
}

std::string hexadecimal(std::uint32_t colour) { return fmt::format("#{:06x}", colour); }

}  // namespace

std::optional<std::uint32_t> parse_colour(std::string_view text) {
  if (text.size() != 7 || text.front() != '#') return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), value, 16);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

double contrast(std::uint32_t one, std::uint32_t other) {
  const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
  return (lighter + 0.05) / (darker + 0.05);
}

Palette palette_of(std::string_view accent) {
  const auto colour = parse_colour(accent).value_or(default_accent);
  const bool white_is_clearer = contrast(colour, white) >= contrast(colour, ink);
  return {hexadecimal(colour), hexadecimal(white_is_clearer ? white : ink),
          hexadecimal(contrast(colour, white) >= visible ? colour : grey),
          hexadecimal(contrast(colour, white) >= readable ? colour : ink)};
}

}  // namespace egarage::content
