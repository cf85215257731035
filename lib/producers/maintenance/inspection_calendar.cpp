#include "producers/maintenance/inspection_calendar.hpp"

#include "core/plate.hpp"

namespace egarage::producers::maintenance {

InspectionCalendar::InspectionCalendar(const std::vector<store::InspectionMonth>& months, std::string_view country)
    : country_(country) {
  for (const auto& row : months) {
    if (row.country == country) months_.at(static_cast<std::size_t>(row.digit)) = row.month;
  }
}

std::optional<InspectionWindow> InspectionCalendar::next_window(std::string_view plate, core::Date today) const {
  const auto digit = core::last_plate_digit(core::normalised_plate(plate, country_), country_);
  if (!digit) return std::nullopt;
  const auto month = month_of(*digit);
  if (!month) return std::nullopt;
  const auto year = *month < today.month() ? today.year() + std::chrono::years{1} : today.year();
  return InspectionWindow{year / *month / 1, year / *month / std::chrono::last};
}

}  // namespace egarage::producers::maintenance
