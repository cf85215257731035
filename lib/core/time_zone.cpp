#include "core/time_zone.hpp"

#include <date/tz.h>

namespace egarage::core {

std::optional<TimeZone> TimeZone::locate(std::string_view iana_name) {
  try {
    const auto* zone = date::locate_zone(std::string{iana_name});
    zone->get_info(date::sys_seconds{});  // reads the zone's file, which would otherwise fail somewhere later
    return TimeZone{zone};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

TimeZone TimeZone::utc() { return TimeZone{date::locate_zone("UTC")}; }

LocalTime TimeZone::to_local(Instant instant) const {
  return LocalTime{zone_->to_local(date::sys_seconds{instant.time_since_epoch()}).time_since_epoch()};
}

Instant TimeZone::to_instant(LocalTime local) const {
  const auto result = zone_->to_sys(date::local_seconds{local.time_since_epoch()}, date::choose::earliest);
  return Instant{result.time_since_epoch()};
}

std::chrono::seconds TimeZone::offset(Instant instant) const {
  return zone_->get_info(date::sys_seconds{instant.time_since_epoch()}).offset;
}

std::string TimeZone::abbreviation(Instant instant) const {
  return zone_->get_info(date::sys_seconds{instant.time_since_epoch()}).abbrev;
}

bool TimeZone::is_summer_time(Instant instant) const {
  return zone_->get_info(date::sys_seconds{instant.time_since_epoch()}).save != std::chrono::minutes{0};
}

const std::string& TimeZone::name() const { return zone_->name(); }

}  // namespace egarage::core
