#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::core {

/// An amount in the currency's minor unit: cents of a dollar, whole Chilean pesos (which have none).
struct Money {
  std::int64_t minor = 0;
  std::string currency;  ///< ISO 4217
  bool operator==(const Money&) const = default;
};

/// How many decimals amounts of a currency have (ISO 4217, list one, "Minor unit"): 0 for CLP, 2 for USD and for codes
/// that are not among the exceptions.
int minor_digits(std::string_view currency);

/// Three capital letters.
bool is_currency_code(std::string_view text);

/// Reads `1234.50`, `-20`: a decimal point, no thousands separators, no more decimals than the currency has. A currency
/// without decimals also takes `.0` and `.00`, but not `1.000`, which may well mean a thousand. Empty for anything else
/// and beyond 15 digits before the point.
std::optional<Money> parse_money(std::string_view text, std::string_view currency);

/// `1234.50`, `1235`: what parse_money reads, with all decimals of the currency.
std::string format_money(const Money& amount);

}  // namespace egarage::core
