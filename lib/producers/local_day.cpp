#include "producers/local_day.hpp"

namespace egarage::producers {

core::TimeZone zone_of(const core::Company& company) {
  if (const auto own = core::TimeZone::locate(company.time_zone)) return *own;
  const auto country = core::country_defaults(company.country);
  const auto countrys = country ? core::TimeZone::locate(country->time_zone) : std::nullopt;
  return countrys.value_or(core::TimeZone::utc());
}

core::Date day_at(core::Instant instant, const core::TimeZone& zone) {
  return core::Date{std::chrono::floor<std::chrono::days>(zone.to_local(instant))};
}

core::Instant begin_of(core::Date day, const core::TimeZone& zone) {
  return zone.to_instant(core::LocalTime{std::chrono::local_days{day}});
}

core::Instant next_opening(const core::Company& company, core::Event event, const core::TimeZone& zone,
                           core::Instant now) {
  const auto opening = core::opening_at(company.hours_of(event), zone, now);
  return opening.open ? now : opening.change;
}

ReadingTime reading_time(const core::Company& company, core::Event event, core::Instant now) {
  const auto zone = zone_of(company);
  const auto at = next_opening(company, event, zone, now);
  return {zone, at, day_at(at, zone)};
}

}  // namespace egarage::producers
