#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/instant.hpp"
#include "store/calendar.hpp"

namespace egarage::producers::maintenance {

/// The days on which a vehicle may be presented to its inspection.
struct InspectionWindow {
  core::Date first, last;
  bool operator==(const InspectionWindow&) const = default;
};

/// In which month a country inspects plates with a certain last digit.
class InspectionCalendar {
 public:
  /// From the store's table (store::Calendar::inspection_months), of which other countries' rows count for nothing. A
  /// country without rows has no such inspections.
  InspectionCalendar(const std::vector<store::InspectionMonth>& months, std::string_view country);

  /// Absent for a digit that has none.
  std::optional<std::chrono::month> month_of(int digit) const { return months_.at(static_cast<std::size_t>(digit)); }
  /// The month's window that `today` lies in, or the next one. Absent for a plate without a digit that counts
  /// (core::last_plate_digit) or whose digit has no month. For the one after an inspection, ask with the day after its
  /// window.
  std::optional<InspectionWindow> next_window(std::string_view plate, core::Date today) const;

 private:
  std::string country_;
  std::array<std::optional<std::chrono::month>, 10> months_{};
};

}  // namespace egarage::producers::maintenance
