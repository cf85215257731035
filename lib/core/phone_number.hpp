#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"

namespace egarage::core {

enum class PhoneKind {
  mobile,
  landline,
  mobile_or_landline,  ///< the country's numbers do not tell (United States)
  voip,
};
inline constexpr EnumNames<PhoneKind, 4> phone_kind_names{{{PhoneKind::mobile, "mobile"},
                                                           {PhoneKind::landline, "landline"},
                                                           {PhoneKind::mobile_or_landline, "mobile-or-landline"},
                                                           {PhoneKind::voip, "voip"}}};

/// A subscriber's number that a country's numbering plan knows, in E.164: `+56961234567`. Only digits of any script,
/// one leading `+`, blanks, hyphens, dots and parentheses are read; letters, extensions, short codes and numbers with a
/// tariff of their own are refused. What is missing is never guessed.
class PhoneNumber {
 public:
  /// `country` (ISO 3166, `CL`) is where a number without country code belongs; an unknown one takes international
  /// numbers only. Empty when the text is no such number; surrounding blanks are ignored. The first call of a process
  /// reads the world's numbering plans (some milliseconds), each further one takes some ten microseconds.
  static std::optional<PhoneNumber> parse(std::string_view text, std::string_view country);
  /// One clause saying why `parse` refused it, for reports: `has letters in it`, `is a toll-free number` … Empty for a
  /// number that `parse` takes. Never repeats the text.
  static std::string explain_refusal(std::string_view text, std::string_view country);

  const std::string& str() const { return text_; }
  PhoneKind kind() const { return kind_; }
  /// Networks take SMS for landlines and internet telephones, charge for them and drop them.
  bool takes_sms() const { return kind_ == PhoneKind::mobile || kind_ == PhoneKind::mobile_or_landline; }
  /// ISO 3166: `CL`. Where several countries share a code, the number's own (`+1 787…` is `PR`).
  const std::string& country() const { return country_; }
  bool operator==(const PhoneNumber&) const = default;

 private:
  PhoneNumber(std::string text, PhoneKind kind, std::string country)
      : text_(std::move(text)), kind_(kind), country_(std::move(country)) {}

  std::string text_;
  PhoneKind kind_;
  std::string country_;
};

}  // namespace egarage::core
