#include "template/string_format.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "template/python.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

struct Specification {
  bool left = false, plus = false, blank = false, zero = false, alternative = false;
  std::size_t width = 0;
  std::optional<std::size_t> precision;
  char conversion = 's';
  std::string behind;
};

/// Digits from `at` on; more than a message can hold counts as that.
std::size_t take_number(std::string_view format, std::size_t& at) {
  constexpr std::size_t large = 1'000'000'000;
  std::size_t number = 0;
  for (; at < format.size() && format[at] >= '0' && format[at] <= '9'; ++at) {
    number = std::min(large, number * 10 + static_cast<std::size_t>(format[at] - '0'));
  }
  return number;
}

std::optional<Specification> parse(std::string_view format) {
  Specification result;
  std::size_t at = 0;
  for (; at < format.size(); ++at) {
    const char c = format[at];
    if (c == '-')
      result.left = true;
    else if (c == '+')
      result.plus = true;
    else if (c == ' ')
      result.blank = true;
    else if (c == '0')
      result.zero = true;
    else if (c == '#')
      result.alternative = true;
    else
      break;
  }
  result.width = take_number(format, at);
  if (at < format.size() && format[at] == '.') result.precision = take_number(format, ++at);
  if (at < format.size() && (format[at] == 'l' || format[at] == 'h' || format[at] == 'L')) ++at;
  if (at >= format.size()) return std::nullopt;
  result.conversion = format[at++];
  for (; at < format.size(); ++at) {
    if (format[at] == '%' && (at + 1 >= format.size() || format[++at] != '%')) return std::nullopt;
    result.behind += format[at];
  }
  return result;
}

std::string padded(const Specification& specification, const std::string& sign, std::string body, bool is_number) {
  const std::size_t length = length_of(sign) + length_of(body);
  const std::size_t missing = specification.width > length ? specification.width - length : 0;
  if (specification.left) return sign + body + std::string(missing, ' ');
  if (specification.zero && is_number) return sign + std::string(missing, '0') + body;
  return std::string(missing, ' ') + sign + body;
}

std::string sign_of(const Specification& specification, bool negative) {
  return negative ? "-" : specification.plus ? "+" : specification.blank ? " " : "";
}

std::optional<std::string> whole(const Specification& specification, const Value& value) {
  const bool decimal =
      specification.conversion == 'd' || specification.conversion == 'i' || specification.conversion == 'u';
  if (!value.is_number() || (!decimal && value.floating() != nullptr)) return std::nullopt;
  const auto number = to_int(value);
  if (!number) return std::nullopt;
  const std::uint64_t magnitude =
      *number < 0 ? 0 - static_cast<std::uint64_t>(*number) : static_cast<std::uint64_t>(*number);
  const unsigned base = decimal ? 10 : specification.conversion == 'o' ? 8 : 16;
  const std::string_view digits = specification.conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string body;
  std::uint64_t rest = magnitude;
  do {
    body.insert(0, 1, digits[rest % base]);
    rest /= base;
  } while (rest > 0);
  if (specification.precision && body.size() < *specification.precision)
    body.insert(0, *specification.precision - body.size(), '0');
  std::string sign = sign_of(specification, *number < 0);
  if (specification.alternative && !decimal) sign += std::string("0") + specification.conversion;
  return padded(specification, sign, std::move(body), true);
}

std::optional<std::string> floating(const Specification& specification, const Value& value) {
  if (!value.is_number()) return std::nullopt;
  const double number = *to_float(value);
  std::array<char, 8> format{"%"};
  std::size_t end = 1;
  if (specification.alternative) format[end++] = '#';
  for (const char c : {'.', '*', specification.conversion}) format[end++] = c;
  const int precision = static_cast<int>(specification.precision.value_or(6));
  const double magnitude = std::fabs(number);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  const int length = std::snprintf(nullptr, 0, format.data(), precision, magnitude);
  if (length < 0) return std::nullopt;
  std::string body(static_cast<std::size_t>(length) + 1, '\0');
  std::snprintf(body.data(), body.size(), format.data(), precision, magnitude);
#pragma GCC diagnostic pop
  body.pop_back();
  return padded(specification, sign_of(specification, std::signbit(number) && !std::isnan(number)), std::move(body),
                true);
}

std::optional<std::string> character(const Specification& specification, const Value& value) {
  std::string body;
  if (value.is_text() && value.length() == 1) {
    body = value.text();
  } else if (const auto* code = value.integer(); code != nullptr && *code >= 0 && *code <= 0x10FFFF) {
    append_code_point(body, static_cast<char32_t>(*code));
  } else {
    return std::nullopt;
  }
  return padded(specification, "", std::move(body), false);
}

}  // namespace

std::optional<std::string> string_format(Renderer& renderer, std::string_view format, const Value& value) {
  const auto specification = parse(format);
  if (!specification) return std::nullopt;
  renderer.check_size(specification->width);
  renderer.check_size(specification->precision.value_or(0));
  std::optional<std::string> text;
  switch (specification->conversion) {
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      text = whole(*specification, value);
      break;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      text = floating(*specification, value);
      break;
    case 'c':
      text = character(*specification, value);
      break;
    case 's':
    case 'r':
    case 'a': {
      std::string body = renderer.str(value);
      if (specification->conversion != 's') body = python_repr(value, renderer.options().limits.depth).value_or("");
      if (specification->precision) body.resize(offset_of(body, *specification->precision));
      text = padded(*specification, "", std::move(body), false);
      break;
    }
    default:
      return std::nullopt;
  }
  if (text) *text += specification->behind;
  return text;
}

}  // namespace egarage::tmpl
