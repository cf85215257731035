#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

unsigned octet(std::string_view text, std::size_t position) {
  return position < text.size() ? static_cast<unsigned char>(text[position]) : 0U;
}

bool continues(unsigned value) { return (value & 0xC0U) == 0x80U; }

bool between(char32_t value, char32_t first, char32_t last) { return value >= first && value <= last; }

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& position) {
  constexpr char32_t replacement = 0xFFFD;
  const unsigned first = octet(text, position++);
  if (first < 0x80) return first;
  const unsigned second = octet(text, position);
  if (first >= 0xC2 && first <= 0xDF && continues(second)) {
    position += 1;
    return ((first & 0x1FU) << 6U) | (second & 0x3FU);
  }
  const unsigned third = octet(text, position + 1);
  if (first >= 0xE0 && first <= 0xEF && continues(second) && continues(third)) {
    const char32_t value = ((first & 0x0FU) << 12U) | ((second & 0x3FU) << 6U) | (third & 0x3FU);
    if (value >= 0x800 && !between(value, 0xD800, 0xDFFF)) {
      position += 2;
      return value;
    }
    return replacement;
  }
  const unsigned fourth = octet(text, position + 2);
  if (first >= 0xF0 && first <= 0xF4 && continues(second) && continues(third) && continues(fourth)) {
    const char32_t value =
        ((first & 0x07U) << 18U) | ((second & 0x3FU) << 12U) | ((third & 0x3FU) << 6U) | (fourth & 0x3FU);
    if (between(value, 0x10000, 0x10FFFF)) {
      position += 3;
      return value;
    }
  }
  return replacement;
}

void append_code_point(std::string& out, char32_t code_point) {
  const auto push = [&out](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code_point < 0x80) {
    push(code_point);
  } else if (code_point < 0x800) {
    push(0xC0 | (code_point >> 6U));
    push(0x80 | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    push(0xE0 | (code_point >> 12U));
    push(0x80 | ((code_point >> 6U) & 0x3FU));
    push(0x80 | (code_point & 0x3FU));
  } else {
    push(0xF0 | (code_point >> 18U));
    push(0x80 | ((code_point >> 12U) & 0x3FU));
    push(0x80 | ((code_point >> 6U) & 0x3FU));
    push(0x80 | (code_point & 0x3FU));
  }
}

std::size_t length_of(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t position = 0; position < text.size(); ++count) next_code_point(text, position);
  return count;
}

std::size_t offset_of(std::string_view text, std::size_t index) {
  std::size_t position = 0;
  while (index-- > 0 && position < text.size()) next_code_point(text, position);
  return position;
}

bool is_space(char32_t c) {
  return between(c, 0x09, 0x0D) || between(c, 0x1C, 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         between(c, 0x2000, 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_word(char32_t c) {
  if (c < 0x80) return between(c, '0', '9') || between(c, 'A', 'Z') || between(c, 'a', 'z') || c == '_';
  if (c < 0xC0)
    return c == 0xAA || c == 0xB2 || c == 0xB3 || c == 0xB5 || c == 0xB9 || c == 0xBA || between(c, 0xBC, 0xBE);
  if (c == 0xD7 || c == 0xF7 || is_space(c) || is_combining(c)) return false;
  return !between(c, 0x2000, 0x206F) && !between(c, 0x20A0, 0x20FF) && !between(c, 0x2190, 0x2BFF) &&
         !between(c, 0x3001, 0x3004) && !between(c, 0xD800, 0xF8FF) && !between(c, 0xFFF0, 0xFFFF) &&
         !between(c, 0x1F000, 0x1FAFF) && c < 0xE0000;
}

bool is_combining(char32_t c) {
  return between(c, 0x0300, 0x036F) || between(c, 0x0483, 0x0487) || between(c, 0x0591, 0x05BD) ||
         between(c, 0x064B, 0x065F) || between(c, 0x1AB0, 0x1AFF) || between(c, 0x1DC0, 0x1DFF) ||
         between(c, 0x20D0, 0x20DC) || c == 0x20E1 || between(c, 0x20E5, 0x20F0) || between(c, 0xFE20, 0xFE2F);
}

std::string_view strip(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t position = 0; position < text.size() && is_space(next_code_point(text, position));) begin = position;
  std::size_t end = begin;
  for (std::size_t position = begin; position < text.size();) {
    if (!is_space(next_code_point(text, position))) end = position;
  }
  return text.substr(begin, end - begin);
}

std::string_view next_word(std::string_view text, std::size_t& position) {
  std::size_t begin = position;
  for (std::size_t next = begin; next < text.size() && is_space(next_code_point(text, next));) begin = next;
  std::size_t end = begin;
  for (std::size_t next = begin; next < text.size() && !is_space(next_code_point(text, next));) end = next;
  position = end;
  return text.substr(begin, end - begin);
}

}  // namespace egarage::tmpl
