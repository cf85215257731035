#pragma once

#include <chrono>

#include "core/instant.hpp"

namespace egarage::producers {

/// Days of which each one's date plus some months (producers/month_arithmetic.hpp) lies in a range of days. Several may
/// share a date: 28 and 29 February plus a year.
struct DayRange {
  core::Date first, last;  ///< none, when the first comes after the last
};

/// The days from which `months` lead to a day from `first` to `last`.
DayRange days_before(core::Date first, core::Date last, std::chrono::months months);

/// How many whole months lie between the two; 0 when `to` is not after `from`.
std::chrono::months whole_months(core::Date from, core::Date to);

}  // namespace egarage::producers
