#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/instant.hpp"

namespace egarage::producers::maintenance {

/// The days on which a vehicle may be presented to its inspection.
struct InspectionWindow {
  core::Date first, last;
  bool operator==(const InspectionWindow&) const = default;
};

/// The last digit of a Chilean plate as people write it: `BB-CL-45`, `BBCL45` (since 2007), `AB 1234` (before),
/// `BBBBB-0` (five letters and a digit, Diario Oficial of 2026-01-16), motorcycles `ABC-12`, `AB-123`, `BBBB-0`, and
/// `ABC012` with the zero that registers fill in. A check digit behind a dash after the number (`BBCL45-K`) is not the
/// plate's. Empty for what is none of these.
std::optional<int> last_plate_digit(std::string_view plate);

/// In which month plates with a certain last digit are inspected.
class InspectionCalendar {
 public:
  /// Reads lines `digit,month` (0 to 9, 1 to 12) under that heading; blank lines and those that begin with `#` count
  /// for nothing. Each digit once. Otherwise one sentence that names the line.
  static std::variant<InspectionCalendar, std::string> parse(std::string_view csv);
  /// Chile's: from January, plates that end in 9, to November; none in March and December.
  static const InspectionCalendar& chile();

  std::chrono::month month_of(int digit) const { return months_.at(static_cast<std::size_t>(digit)); }
  /// The month's window that `today` lies in, or the next one. Empty for a plate that cannot be read. For the one after
  /// an inspection, ask with the day after its window.
  std::optional<InspectionWindow> next_window(std::string_view plate, core::Date today) const;

 private:
  std::array<std::chrono::month, 10> months_{};
};

}  // namespace egarage::producers::maintenance
