#include "producers/maintenance/typing_error.hpp"

#include <charconv>
#include <string>
#include <utility>

namespace egarage::producers::maintenance {

namespace {

struct Range {
  std::int64_t lowest, highest;
  bool holds(const std::string& digits) const {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && lowest <= number && number <= highest;
  }
};

bool without_a_digit(const std::string& digits, const Range& range) {
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (range.holds(std::string(digits).erase(i, 1))) return true;
  }
  return false;
}

bool with_another_digit(const std::string& digits, const Range& range) {
  for (std::size_t i = 0; i <= digits.size(); ++i) {
    for (char digit = i == 0 ? '1' : '0'; digit <= '9'; ++digit) {
      if (range.holds(std::string(digits).insert(i, 1, digit))) return true;
    }
  }
  return false;
}

bool with_neighbours_swapped(std::string digits, const Range& range) {
  for (std::size_t i = 1; i < digits.size(); ++i) {
    std::swap(digits[i - 1], digits[i]);
    if (range.holds(digits)) return true;
    std::swap(digits[i - 1], digits[i]);
  }
  return false;
}

}  // namespace

std::optional<TypingError> typing_error(std::int64_t typed, std::int64_t lowest, std::int64_t highest) {
  const Range range{lowest, highest};
  const auto digits = std::to_string(typed);
  if (typed < 0 || range.holds(digits)) return std::nullopt;
  if (typed > highest && without_a_digit(digits, range)) return TypingError::extra_digit;
  if (typed < lowest && with_another_digit(digits, range)) return TypingError::missing_digit;
  if (with_neighbours_swapped(digits, range)) return TypingError::swapped_digits;
  return std::nullopt;
}

}  // namespace egarage::producers::maintenance
