#include "core/utf8.hpp"

#include <algorithm>

#include <cstdint>
#include <cstring>

namespace egarage::core {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

/// How many octets at the front are ASCII and not NUL, counted in whole words: message texts are mostly that.
std::size_t plain_prefix(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (((word | (word - ones)) & tops) != 0) break;  // an octet above 0x7F, or a zero that borrowed
  }
  return at;
}

/// How many octets at the front need no replacement.
std::size_t valid_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    at += plain_prefix(text.substr(at));
    for (int i = 0; i < 8 && at < text.size(); ++i) {
      const auto point = first_code_point(text.substr(at));
      if (!point.valid || point.value == 0) return at;
      at += point.octets;
    }
  }
  return at;
}

/// How many octets at the front are printable ASCII without a blank.
std::size_t visible_ascii_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] > ' ' && text[at] < '\x7F') ++at;
  return at;
}

bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x2028 || point == 0x2029;
}

/// Unicode's Bidi_Control property: they reorder what a reader sees.
bool is_bidirectional_control(char32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned lead = octet(0);
  if (lead < 0x80) return {lead, 1, true};
  // Unicode table 3-7: the bounds of the second octet keep out overlong forms, surrogates and what exceeds U+10FFFF.
  std::size_t length = 0;
  unsigned low = 0x80, high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {0xFFFD, 1, false};
  }
  char32_t value = lead & (0x7Fu >> length);
  for (std::size_t at = 1; at < length; ++at) {
    if (at >= text.size() || octet(at) < low || octet(at) > high) return {0xFFFD, at, false};
    value = value << 6 | (octet(at) & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  return {value, length, true};
}

bool is_valid_utf8(std::string_view text) { return valid_prefix(text) == text.size(); }

std::string valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto good = valid_prefix(text);
    result.append(text.substr(0, good));
    text.remove_prefix(good);
    if (text.empty()) break;
    result.append(replacement);
    text.remove_prefix(first_code_point(text).octets);
  }
  return result;
}

std::size_t count_code_points(std::string_view text) {
  const auto begins_one = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_one));
}

std::string_view cut_utf8(std::string_view text, std::size_t octets) {
  if (text.size() <= octets) return text;
  while (octets > 0 && (static_cast<unsigned char>(text[octets]) & 0xC0) == 0x80) --octets;
  return text.substr(0, octets);
}

std::string one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  bool blank_due = false;
  const auto append = [&](std::string_view part) {
    if (blank_due) line += ' ';
    blank_due = false;
    line += part;
  };
  while (!text.empty()) {
    if (const auto words = visible_ascii_prefix(text); words > 0) {
      append(text.substr(0, words));
      text.remove_prefix(words);
      continue;
    }
    const auto point = first_code_point(text);
    if (point.value == ' ' || is_control(point.value)) {
      blank_due = !line.empty();
    } else if (!is_bidirectional_control(point.value)) {
      append(point.valid ? text.substr(0, point.octets) : replacement);
    }
    text.remove_prefix(point.octets);
  }
  return line;
}

}  // namespace egarage::core
