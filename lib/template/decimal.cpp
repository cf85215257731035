#include "template/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "template/python.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void drop_leading_zeros(std::string& digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  text = strip(text);
  Decimal result;
  if (text.starts_with('-') || text.starts_with('+')) {
    result.negative_ = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::string lower = lower_text(text);
  if (lower == "inf" || lower == "infinity" || lower == "nan") {
    result.special_ = lower == "nan" ? "nan" : result.negative_ ? "-inf" : "inf";
    return result;
  }
  std::size_t i = 0;
  bool seen_point = false;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !seen_point) || (text[i] == '_' && i > 0)); ++i) {
    if (text[i] == '_') continue;
    if (text[i] == '.') {
      seen_point = true;
      continue;
    }
    result.digits_ += text[i];
    if (seen_point) --result.exponent_;
  }
  if (result.digits_.empty()) return std::nullopt;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i + 1 < text.size() && text[i] == '+' && is_digit(text[i + 1])) ++i;
    std::int64_t exponent = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), exponent);
    constexpr std::int64_t largest = 1'000'000'000'000;
    if (error != std::errc{} || std::llabs(exponent) > largest) return std::nullopt;
    i = static_cast<std::size_t>(end - text.data());
    result.exponent_ += exponent;
  }
  if (i != text.size()) return std::nullopt;
  drop_leading_zeros(result.digits_);
  return result;
}

Decimal Decimal::shortest(double value) { return *parse(python_float(value)); }

bool Decimal::is_integer() const {
  if (!is_finite()) return false;
  if (exponent_ >= 0 || digits_ == "0") return true;
  const auto decimals = static_cast<std::size_t>(-exponent_);
  const std::size_t from = digits_.size() > decimals ? digits_.size() - decimals : 0;
  return digits_.size() >= decimals && digits_.find_first_not_of('0', from) == std::string::npos;
}

std::size_t Decimal::extent() const { return digits_.size() + static_cast<std::size_t>(std::llabs(exponent_)); }

std::string Decimal::fixed() const {
  if (!is_finite()) return special_;
  std::string text = digits_;
  if (exponent_ >= 0) {
    if (digits_ != "0") text.append(static_cast<std::size_t>(exponent_), '0');
  } else {
    const auto decimals = static_cast<std::size_t>(-exponent_);
    if (text.size() <= decimals) text.insert(0, decimals - text.size() + 1, '0');
    text.insert(text.size() - decimals, 1, '.');
  }
  return (negative_ ? "-" : "") + text;
}

std::string Decimal::rounded(std::size_t places) const {
  Decimal unsigned_value = *this;
  unsigned_value.negative_ = false;
  std::string text = unsigned_value.fixed();
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits = text.substr(0, point);
  std::string decimals = point < text.size() ? text.substr(point + 1) : std::string();
  const bool round_up = decimals.size() > places && decimals[places] >= '5';
  decimals.resize(places, '0');
  digits += decimals;
  if (round_up) {
    std::size_t i = digits.size();
    while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
    if (i == 0) {
      digits.insert(0, 1, '1');
    } else {
      ++digits[i - 1];
    }
  }
  const bool is_zero = digits.find_first_not_of('0') == std::string::npos;
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return (negative_ && !is_zero ? "-" : "") + digits;
}

std::string group_digits(std::string_view number, std::string_view separator, std::string_view point) {
  std::string result;
  if (number.starts_with('-')) {
    result += '-';
    number.remove_prefix(1);
  }
  const std::size_t whole = std::min(number.find('.'), number.size());
  for (std::size_t i = 0; i < whole; ++i) {
    if (i > 0 && (whole - i) % 3 == 0) result += separator;
    result += number[i];
  }
  if (whole < number.size()) {
    result += point;
    result += number.substr(whole + 1);
  }
  return result;
}

}  // namespace egarage::tmpl
