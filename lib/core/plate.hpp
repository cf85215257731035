#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace egarage::core {

/// The plate as it is compared: ASCII letters and digits, upper case, nothing between them; `BBCL45` for `bb·cl-45`.
/// In Chile (`CL`) the check character that some write behind a plate, after a dash (`BBCL45-K`, `ABC12-3`) or as the
/// seventh character (`BBCL453`), is no part of it. Empty when nothing is left.
std::string normalised_plate(std::string_view plate, std::string_view country);

/// The last digit of a normalised plate, by which Chile spreads inspections over the year; empty without digits. In
/// Chile it is a digit of a plate that the country issues: cars' `BBCL45` (since 2007), `AB1234` (before) and `BBBBB0`
/// (Diario Oficial of 2026-01-16), motorcycles' `ABC12`, `AB123`, `BBBB0`, and `ABC012` with the zero that registers
/// fill in; empty for anything else, such as a neighbour's.
std::optional<int> last_plate_digit(std::string_view normalised, std::string_view country);

}  // namespace egarage::core
