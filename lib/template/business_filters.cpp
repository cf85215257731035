#include <array>

#include "template/currency.hpp"
#include "template/decimal.hpp"
#include "template/filters.hpp"
#include "template/python.hpp"

namespace egarage::tmpl {

namespace {

std::optional<Decimal> amount_of(const Value& value) {
  if (value.boolean() != nullptr) return std::nullopt;
  if (value.is_number()) return Decimal::parse(*python_repr(value, 1));
  return value.is_text() ? Decimal::parse(value.text()) : std::nullopt;
}

/// An amount in the company's currency; nothing for what is no number.
Value money(Renderer& renderer, const Value& input, const Value*) {
  constexpr std::size_t most_digits = 200;
  const auto amount = amount_of(input);
  if (!amount || !amount->is_finite() || amount->extent() > most_digits) return Value::empty_text();
  return written_amount(*amount, renderer.options().currency);
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
  const TextOf text(renderer, input);
  const std::string digits = digits_of(text);
  const bool international = text.view().find('+') != std::string_view::npos;
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
