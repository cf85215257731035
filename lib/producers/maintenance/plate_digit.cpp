#include <algorithm>
#include <string>
#include <utility>

#include "producers/maintenance/inspection_calendar.hpp"

namespace egarage::producers::maintenance {

namespace {

bool is_digit(char c) { return '0' <= c && c <= '9'; }
bool is_letter(char c) { return ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z'); }
bool is_separator(char c) { return c == '-' || c == ' ' || c == '.'; }

/// Letters and digits of each kind of plate.
constexpr std::pair<int, int> formats[] = {{4, 2}, {2, 4}, {5, 1}, {3, 2}, {2, 3}, {4, 1}, {3, 3}};

std::string_view without_check_digit(std::string_view plate) {
  const auto size = plate.size();
  const bool behind_a_number = size >= 3 && is_digit(plate[size - 3]) && plate[size - 2] == '-';
  return behind_a_number ? plate.substr(0, size - 2) : plate;
}

}  // namespace

std::optional<int> last_plate_digit(std::string_view plate) {
  while (!plate.empty() && is_separator(plate.front())) plate.remove_prefix(1);
  while (!plate.empty() && is_separator(plate.back())) plate.remove_suffix(1);
  std::string bare;
  for (const char c : without_check_digit(plate)) {
    if (is_separator(c)) continue;
    if (!is_letter(c) && !is_digit(c)) return std::nullopt;
    bare += c;
  }
  const auto number = std::find_if(bare.begin(), bare.end(), is_digit);
  if (!std::all_of(number, bare.end(), is_digit)) return std::nullopt;
  const std::pair<int, int> format{number - bare.begin(), bare.end() - number};
  if (std::find(std::begin(formats), std::end(formats), format) == std::end(formats)) return std::nullopt;
  return bare.back() - '0';
}

}  // namespace egarage::producers::maintenance
