#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// An inspection so long before its month is that month's.
inline constexpr std::chrono::days early_inspection{90};

/// The look at all of a company's vehicles whose plates are inspected in a month.
struct InspectionRound {
  core::Date looked_on;        ///< by the company's calendar
  std::int64_t left_over = 0;  ///< vehicles whose owners could not be written to that day
};

/// Those of a month, by company.
std::map<CompanyId, InspectionRound> inspection_rounds(Database& database, std::chrono::year_month month);
void note_inspection_round(Database& database, CompanyId company, std::chrono::year_month month,
                           const InspectionRound& round);

/// The latest day from `first` to `last` on which the vehicle was at its statutory inspection, as a done appointment or
/// an odometer reading from there shows. Empty: nothing shows it.
std::optional<core::Date> inspected_between(Database& database, CompanyId company, std::string_view vehicle,
                                            core::Date first, core::Date last);
/// The day from `first` on for which the vehicle's statutory inspection is stored, the earliest of them.
std::optional<core::Date> inspection_booked(Database& database, CompanyId company, std::string_view vehicle,
                                            core::Date first);

}  // namespace egarage::store
