#pragma once

#include "core/instant.hpp"

namespace egarage::producers {

/// The same day of the month `months` later (earlier when negative), or that month's last day where it has no such day:
/// 31 January + 1 month is 28 February, in a leap year 29 February; 29 February + 12 months is 28 February. Periods
/// that repeat are counted from their start (31 January + 2 months is 31 March), never from the day before it, which
/// would drift to the 28th.
inline core::Date add_months(core::Date date, std::chrono::months months) {
  const auto moved = date + months;
  return moved.ok() ? moved : moved.year() / moved.month() / std::chrono::last;
}

}  // namespace egarage::producers
