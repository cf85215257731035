#pragma once

#include "core/company.hpp"
#include "core/instant.hpp"
#include "core/time_zone.hpp"

namespace egarage::producers {

/// The company's zone; where this system does not know it, its country's, else UTC: a notice with a date that may be a
/// day off is better than none. (Delivery is stricter: whoever does not know when a company sleeps does not write.)
core::TimeZone zone_of(const core::Company& company);

/// The calendar day there.
core::Date day_at(core::Instant instant, const core::TimeZone& zone);

/// The first instant of the day there, also where midnight does not exist (Chile, first Sunday of September).
core::Instant begin_of(core::Date day, const core::TimeZone& zone);

/// `now` when a message of the event may go out, else when one may next: by the event's own hours or the company's.
core::Instant next_opening(const core::Company& company, core::Event event, const core::TimeZone& zone,
                           core::Instant now);

/// When a message of the event that a producer makes now can be read, as the company's clock shows it: its texts are
/// written for that moment.
struct ReadingTime {
  core::TimeZone zone;
  core::Instant at;
  core::Date day;
};
ReadingTime reading_time(const core::Company& company, core::Event event, core::Instant now);

}  // namespace egarage::producers
