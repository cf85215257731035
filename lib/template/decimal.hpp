#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::tmpl {

/// A decimal number as written: sign, digits, exponent; or infinity and NaN.
class Decimal {
 public:
  /// Python's Decimal(text): `1`, `-1.50`, `1e3`, `Infinity`, `nan`. Empty for anything else.
  static std::optional<Decimal> parse(std::string_view text);
  /// The shortest decimal that reads back as this double, as repr() prints it.
  static Decimal shortest(double value);

  bool is_finite() const { return special_.empty(); }
  bool is_negative() const { return negative_; }
  bool is_integer() const;
  /// Digits and exponent together: what writing it out would cost.
  std::size_t extent() const;
  /// Without exponent, with as many decimals as were written; `0.0000001`, `nan`.
  std::string fixed() const;
  /// Rounded half away from zero to `places` decimals (0 to 200), all of them written. Never `-0`.
  std::string rounded(std::size_t places) const;

 private:
  bool negative_ = false;
  std::string digits_;  ///< no leading zeros, at least one digit
  std::int64_t exponent_ = 0;
  std::string special_;
};

/// Puts `separator` between groups of three digits of the whole part of `-1234.5`, and `point` before its decimals.
std::string group_digits(std::string_view number, std::string_view separator, std::string_view point);

}  // namespace egarage::tmpl
