#include "core/plate.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace egarage::core {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `AB1234` (until 2007) or `BBCL45`, and one character more. Motorcycles' five or six are left alone: with the check
/// character of a short one they could not be told from a long one.
bool has_check_character(std::string_view plate) {
  if (plate.size() != 7 || !(is_digit(plate[6]) || plate[6] == 'K')) return false;
  const auto digits = [&](std::size_t from) {
    return std::all_of(plate.begin() + static_cast<std::ptrdiff_t>(from), plate.begin() + 6, is_digit) &&
           std::none_of(plate.begin(), plate.begin() + static_cast<std::ptrdiff_t>(from), is_digit);
  };
  return digits(2) || digits(4);
}

}  // namespace

std::string normalised_plate(std::string_view plate, std::string_view country) {
  std::string result;
  for (const char c : plate) {
    if (is_letter_or_digit(c)) result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (country == "CL" && has_check_character(result)) result.pop_back();
  return result;
}

std::optional<int> last_plate_digit(std::string_view normalised) {
  const auto place = normalised.find_last_of("0123456789");
  if (place == std::string_view::npos) return std::nullopt;
  return normalised[place] - '0';
}

}  // namespace egarage::core
