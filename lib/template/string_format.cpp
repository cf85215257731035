#include "template/string_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "template/python.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

constexpr auto npos = std::string_view::npos;

/// Python raises TypeError or ValueError, which Django answers with the empty text.
struct Unformattable {};

struct Conversion {
  bool left = false, plus = false, blank = false, zero = false, alternative = false;
  std::size_t width = 0;
  std::optional<std::size_t> precision;
  char kind = 's';
};

std::string padded(const Conversion& conversion, const std::string& sign, std::string body, bool is_number) {
  const std::size_t length = length_of(sign) + length_of(body);
  const std::size_t missing = conversion.width > length ? conversion.width - length : 0;
  if (conversion.left) return sign + body + std::string(missing, ' ');
  if (conversion.zero && is_number) return sign + std::string(missing, '0') + body;
  return std::string(missing, ' ') + sign + body;
}

std::string sign_of(const Conversion& conversion, bool negative) {
  return negative ? "-" : conversion.plus ? "+" : conversion.blank ? " " : "";
}

/// The digits of a whole number without its sign. A floating-point number loses its decimals.
std::string whole_digits(Renderer& renderer, const Value& value, unsigned base, bool capitals) {
  if (const auto* floating = value.floating()) {
    if (base != 10 || std::isnan(*floating)) throw Unformattable();
    if (std::isinf(*floating)) renderer.fail("the filter 'stringformat' cannot write infinity as a whole number");
    return fmt::format("{:.0f}", std::fabs(std::trunc(*floating)));
  }
  const auto number = value.is_number() ? to_int(value) : std::nullopt;
  if (!number) throw Unformattable();
  const auto bits = static_cast<std::uint64_t>(*number);
  const std::uint64_t magnitude = *number < 0 ? 0 - bits : bits;
  if (base == 8) return fmt::format("{:o}", magnitude);
  if (base == 16) return capitals ? fmt::format("{:X}", magnitude) : fmt::format("{:x}", magnitude);
  return fmt::format("{}", magnitude);
}

std::string whole(Renderer& renderer, const Conversion& conversion, const Value& value) {
  const bool is_hex = conversion.kind == 'x' || conversion.kind == 'X';
  const unsigned base = is_hex ? 16 : conversion.kind == 'o' ? 8 : 10;
  std::string digits = whole_digits(renderer, value, base, conversion.kind == 'X');
  const std::size_t least = conversion.precision.value_or(0);
  if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
  const bool negative = digits.find_first_not_of('0') != npos && *to_float(value) < 0;
  std::string sign = sign_of(conversion, negative);
  if (conversion.alternative && base != 10) sign += std::string("0") + conversion.kind;
  return padded(conversion, sign, std::move(digits), true);
}

std::string floating(const Conversion& conversion, const Value& value) {
  if (!value.is_number()) throw Unformattable();
  const double number = *to_float(value);
  std::array<char, 8> format{"%"};
  std::size_t end = 1;
  if (conversion.alternative) format[end++] = '#';
  for (const char c : {'.', '*', conversion.kind}) format[end++] = c;
  const int precision = static_cast<int>(conversion.precision.value_or(6));
  const double magnitude = std::fabs(number);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  const int length = std::snprintf(nullptr, 0, format.data(), precision, magnitude);
  if (length < 0) throw Unformattable();
  std::string body(static_cast<std::size_t>(length) + 1, '\0');
  std::snprintf(body.data(), body.size(), format.data(), precision, magnitude);
#pragma GCC diagnostic pop
  body.pop_back();
  return padded(conversion, sign_of(conversion, std::signbit(number) && !std::isnan(number)), std::move(body), true);
}

std::string character(Renderer& renderer, const Conversion& conversion, const Value& value) {
  constexpr std::int64_t last_code_point = 0x10FFFF;
  std::string body;
  if (value.is_text()) {
    if (value.length() != 1) throw Unformattable();
    body = value.text();
  } else {
    if (!value.is_number() || value.floating() != nullptr) throw Unformattable();
    const std::int64_t code = *to_int(value);
    if (code < 0 || code > last_code_point)
      renderer.fail("the filter 'stringformat' knows no character of that number");
    append_code_point(body, static_cast<char32_t>(code));
  }
  return padded(conversion, "", std::move(body), false);
}

/// ascii(): what is not ASCII in a repr() becomes `\xf1`, `\u2026` or `\U0001f600`.
std::string in_ascii(std::string_view text) {
  std::string result;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t c = next_code_point(text, position);
    const auto code = static_cast<std::uint32_t>(c);
    if (c < 0x80) {
      result += static_cast<char>(c);
    } else if (c < 0x100) {
      result += fmt::format("\\x{:02x}", code);
    } else {
      result += c < 0x10000 ? fmt::format("\\u{:04x}", code) : fmt::format("\\U{:08x}", code);
    }
  }
  return result;
}

std::string printed(Renderer& renderer, const Conversion& conversion, const Value& value) {
  std::string body;
  if (conversion.kind == 's') {
    body = renderer.str(value);
  } else {
    body = python_repr(value, renderer.options().limits.depth).value_or("");
    if (conversion.kind == 'a') body = in_ascii(body);
  }
  if (conversion.precision) body.resize(offset_of(body, *conversion.precision));
  return padded(conversion, "", std::move(body), false);
}

std::string converted(Renderer& renderer, const Conversion& conversion, const Value& value) {
  constexpr std::string_view whole_kinds = "diuxXo", floating_kinds = "eEfFgG", printed_kinds = "sra";
  renderer.check_size(conversion.width);
  renderer.check_size(conversion.precision.value_or(0));
  if (whole_kinds.find(conversion.kind) != npos) return whole(renderer, conversion, value);
  if (floating_kinds.find(conversion.kind) != npos) return floating(conversion, value);
  if (printed_kinds.find(conversion.kind) != npos) return printed(renderer, conversion, value);
  if (conversion.kind == 'c') return character(renderer, conversion, value);
  throw Unformattable();
}

/// Walks through a format from left to right, as Python does: what fails first decides.
class Formatter {
 public:
  Formatter(Renderer& renderer, std::string_view format, const Value& value)
      : renderer_(renderer), format_(format), value_(value) {}

  std::string format() {
    std::string result;
    while (at_ < format_.size()) {
      const char c = format_[at_++];
      if (c == '%') {
        append_conversion(result);
        renderer_.check_size(result.size());
      } else {
        result += c;
      }
    }
    // Objects and lists may stay unused: they could have been asked for by name.
    const auto* made = value_.made_sequence();
    const bool may_stay = value_.object() != nullptr || value_.loop() != nullptr || value_.array() != nullptr ||
                          (made != nullptr && made->kind == SequenceKind::list);
    if (!used_ && !may_stay) throw Unformattable();
    return result;
  }

 private:
  void append_conversion(std::string& result) {
    if (peek() == '%') {
      ++at_;
      result += '%';
      return;
    }
    const auto named = take_named();
    const Conversion conversion = take_conversion();
    if (!named) {
      if (used_) throw Unformattable();
      used_ = true;
    }
    result += converted(renderer_, conversion, named ? *named : value_);
  }

  /// `(name)`: a member of the value, which is an object.
  std::optional<Value> take_named() {
    if (peek() != '(') return std::nullopt;
    const std::size_t begin = ++at_;
    for (std::size_t open = 1; open > 0; ++at_) {
      if (at_ >= format_.size()) throw Unformattable();
      if (format_[at_] == '(') ++open;
      if (format_[at_] == ')') --open;
    }
    const std::string name(format_.substr(begin, at_ - 1 - begin));
    const auto* object = value_.object();
    if (object == nullptr) throw Unformattable();
    const auto member = object->find(name);
    if (member == object->end()) renderer_.fail("the format asks for '" + name + "', which the value does not have");
    return Value::of(*member);
  }

  Conversion take_conversion() {
    Conversion result;
    for (constexpr std::string_view flags = "-+ 0#"; flags.find(peek()) != npos; ++at_) {
      result.left |= peek() == '-';
      result.plus |= peek() == '+';
      result.blank |= peek() == ' ';
      result.zero |= peek() == '0';
      result.alternative |= peek() == '#';
    }
    result.width = take_number();
    if (peek() == '.') {
      ++at_;
      result.precision = take_number();
    }
    if (constexpr std::string_view lengths = "hlL"; lengths.find(peek()) != npos) ++at_;
    result.kind = peek();
    ++at_;
    return result;
  }

  /// More digits than a message can have characters count as that.
  std::size_t take_number() {
    constexpr std::size_t large = 1'000'000'000;
    std::size_t number = 0;
    for (; at_ < format_.size() && format_[at_] >= '0' && format_[at_] <= '9'; ++at_) {
      number = std::min(large, number * 10 + static_cast<std::size_t>(format_[at_] - '0'));
    }
    return number;
  }

  char peek() const {
    if (at_ >= format_.size()) throw Unformattable();
    return format_[at_];
  }

  Renderer& renderer_;
  std::string_view format_;
  const Value& value_;
  std::size_t at_ = 0;
  bool used_ = false;
};

}  // namespace

std::optional<std::string> string_format(Renderer& renderer, std::string_view format, const Value& value) {
  const std::string whole_format = "%" + std::string(format);
  const auto* made = value.made_sequence();
  const bool is_tuple = made != nullptr && made->kind == SequenceKind::tuple;
  try {
    if (is_tuple) return Formatter(renderer, whole_format, Value(renderer.str(value))).format();
    return Formatter(renderer, whole_format, value).format();
  } catch (const Unformattable&) {
    return std::nullopt;
  }
}

}  // namespace egarage::tmpl
