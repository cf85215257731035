#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace egarage::core {

/// The plate as it is compared: ASCII letters and digits, upper case, nothing between them; `BBCL45` for `bb·cl-45`.
/// In Chile (`CL`) the check character that some write behind a car's six characters (`BBCL45-3`) is no part of it.
/// Empty when nothing is left.
std::string normalised_plate(std::string_view plate, std::string_view country);

/// The last digit of a normalised plate, by which Chile spreads inspections over the year; empty without digits.
std::optional<int> last_plate_digit(std::string_view normalised);

}  // namespace egarage::core
