#include "core/plate.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.hpp"

namespace egarage::core {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_check_character(char c) { return is_digit(c) || c == 'k' || c == 'K'; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

using Format = std::pair<std::ptrdiff_t, std::ptrdiff_t>;  // letters, then digits
constexpr std::array<Format, 2> formats_of_cars{{{4, 2}, {2, 4}}};
constexpr std::array<Format, 5> other_formats{{{5, 1}, {3, 2}, {2, 3}, {4, 1}, {3, 3}}};

template <std::size_t Count>
bool is_one_of(const std::array<Format, Count>& formats, std::string_view plate) {
  const auto number = std::ranges::find_if(plate, is_digit);
  if (!std::all_of(number, plate.end(), is_digit)) return false;
  return std::ranges::find(formats, Format{number - plate.begin(), plate.end() - number}) != formats.end();
}

std::string_view without_check_character(std::string_view plate) {
  while (!plate.empty() && !is_letter_or_digit(plate.back())) plate.remove_suffix(1);
  const auto size = plate.size();
  const bool behind_a_number =
      size >= 3 && is_digit(plate[size - 3]) && plate[size - 2] == '-' && is_check_character(plate[size - 1]);
  return behind_a_number ? plate.substr(0, size - 2) : plate;
}

}  // namespace

std::string normalised_plate(std::string_view plate, std::string_view country) {
  const bool is_chilean = country == "CL";
  std::string result;
  for (const char c : is_chilean ? without_check_character(plate) : plate) {
    if (is_letter_or_digit(c)) result += upper(c);
  }
  const bool has_one_more = is_chilean && result.size() == 7 && is_check_character(result.back()) &&
                            is_one_of(formats_of_cars, std::string_view(result).substr(0, 6));
  if (has_one_more) result.pop_back();
  return result;
}

std::optional<int> last_plate_digit(std::string_view normalised, std::string_view country) {
  if (country == "CL" && !is_one_of(formats_of_cars, normalised) && !is_one_of(other_formats, normalised)) return {};
  const auto place = normalised.find_last_of("0123456789");
  if (place == std::string_view::npos) return std::nullopt;
  return normalised[place] - '0';
}

}  // namespace egarage::core
