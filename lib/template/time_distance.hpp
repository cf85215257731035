#pragma once

#include <chrono>
#include <string>

#include "template/locale.hpp"

namespace egarage::tmpl {

/// A point of time on one clock (UTC, or the wall clock of one zone), and the year that its reader would name.
struct ClockTime {
  std::chrono::microseconds since_epoch;
  int year;
};

/// `2 semanas, 3 días`: the two largest units next to each other, with non-breaking spaces inside each, as Django's
/// timesince counts them: a month has 30 days, a year 365, leap days between the years do not count. `0 minutos` where
/// `from` is not before `to`, or less than a minute.
std::string time_distance(const ClockTime& from, const ClockTime& to, const Locale& locale);

}  // namespace egarage::tmpl
