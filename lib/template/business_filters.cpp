#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "template/decimal.hpp"
#include "template/filters.hpp"
#include "template/python.hpp"

namespace egarage::tmpl {

namespace {

/// How a currency is written in the country that uses it.
struct Currency {
  std::string_view code, sign;
  std::size_t decimals;
  std::string_view group_separator, decimal_point;
};
constexpr std::array<Currency, 2> currencies{{{"CLP", "$", 0, ".", ","}, {"USD", "$", 2, ",", "."}}};

std::optional<Decimal> amount_of(const Value& value) {
  if (value.boolean() != nullptr) return std::nullopt;
  if (value.is_number()) return Decimal::parse(*python_repr(value, 1));
  return value.is_text() ? Decimal::parse(value.text()) : std::nullopt;
}

/// `$45.990`, `-$1,234.50`; a currency without a row is written with its code: `1,234.50 EUR`.
Value money(Renderer& renderer, const Value& input, const Value*) {
  constexpr std::size_t most_digits = 200;
  const auto amount = amount_of(input);
  if (!amount || !amount->is_finite() || amount->extent() > most_digits) return Value::empty_text();
  const std::string_view code = renderer.options().currency;
  const auto* row = std::ranges::find(currencies, code, &Currency::code);
  const bool known = row != currencies.end();
  const Currency currency = known ? *row : Currency{code, "", 2, ",", "."};
  std::string number = amount->rounded(currency.decimals);
  const bool negative = number.starts_with('-');
  if (negative) number.erase(0, 1);
  return fmt::format("{}{}{}{}", negative ? "-" : "", currency.sign,
                     group_digits(number, currency.group_separator, currency.decimal_point),
                     known ? "" : fmt::format(" {}", code));
}

/// How a country writes its numbers at home. `#` stands for a digit.
struct PhonePattern {
  std::string_view country_code;
  std::size_t digits;       ///< without the country code
  std::string_view begins;  ///< digits that a number may begin with
  std::string_view shape;
};
constexpr std::array<PhonePattern, 3> phone_patterns{{
    {"56", 9, "92", "# #### ####"},
    {"56", 9, "34567", "## ### ####"},
    {"1", 10, "23456789", "(###) ###-####"},
}};

/// The digits of a phone number; empty when there is anything in it that none has.
std::string digits_of(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') {
      digits += text[i];
    } else if (!(text[i] == '+' && digits.empty()) &&
               std::string_view(" -().").find(text[i]) == std::string_view::npos) {
      return {};
    }
  }
  return digits;
}

Value phone(Renderer& renderer, const Value& input, const Value*) {
  const std::string text = renderer.str(input);
  const std::string digits = digits_of(text);
  const bool international = text.find('+') != std::string::npos;
  for (const auto& pattern : phone_patterns) {
    std::string_view national = digits;
    if (national.size() == pattern.country_code.size() + pattern.digits && national.starts_with(pattern.country_code)) {
      national.remove_prefix(pattern.country_code.size());
    } else if (international || national.size() != pattern.digits) {
      continue;
    }
    if (pattern.begins.find(national.front()) == std::string_view::npos) continue;
    std::string shown;
    std::size_t next = 0;
    for (const char c : pattern.shape) shown += c == '#' ? national[next++] : c;
    return shown;
  }
  return input;
}

constexpr FilterRow rows[] = {
    {"money", money, Argument::none, Safety::lost},
    {"phone", phone, Argument::none, Safety::lost},
};

}  // namespace

std::span<const FilterRow> business_filters() { return rows; }

}  // namespace egarage::tmpl
