#include "core/masking.hpp"

#include <algorithm>
#include <iterator>

#include "core/email_address.hpp"

namespace egarage::core {
namespace {

/// Country codes of two digits; `1` and `7` have one digit, all others three (ITU-T E.164, list of assigned codes).
constexpr std::string_view two_digit_codes[] = {"20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41",
                                                "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54",
                                                "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66",
                                                "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"};

std::size_t country_code_size(std::string_view digits) {
  if (digits.front() == '1' || digits.front() == '7') return 1;
  return std::ranges::find(two_digit_codes, digits.substr(0, 2)) != std::end(two_digit_codes) ? 2 : 3;
}

bool is_e164(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text.front() == '+' &&
         text.find_first_not_of("0123456789", 1) == text.npos;
}

}  // namespace

std::string mask_recipient(std::string_view recipient) {
  if (!is_e164(recipient)) return mask_address(recipient);
  const auto digits = recipient.substr(1);
  const auto code = country_code_size(digits);
  const auto national = digits.substr(code);
  std::string masked = "+";
  masked += digits.substr(0, code);
  // Of a short number four digits would be most of it.
  if (national.size() >= 8) masked.append(" ").append(national.substr(0, 1));
  return masked.append(" ••• ").append(national.substr(national.size() - (national.size() >= 8 ? 4 : 2)));
}

}  // namespace egarage::core
