#pragma once

#include "core/company.hpp"
#include "producers/local_day.hpp"

namespace egarage::producers {

/// When a company can be written to next: a producer's messages are written for that moment.
struct Moment {
  core::TimeZone zone;
  core::Instant at;
  core::Date today;
};

inline Moment moment_of(const core::Company& company, core::Instant now) {
  const auto zone = zone_of(company);
  const auto at = next_opening(company, zone, now);
  return {zone, at, day_at(at, zone)};
}

/// That time of the day there; the first instant after it where it does not exist.
inline core::Instant at_hour(core::Date day, std::chrono::minutes hour, const core::TimeZone& zone) {
  return zone.to_instant(core::LocalTime{std::chrono::local_days{day}} + hour);
}

}  // namespace egarage::producers
