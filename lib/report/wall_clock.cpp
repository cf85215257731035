#include "report/wall_clock.hpp"

#include "core/instant.hpp"

namespace egarage::report {

std::string wall_clock(core::Instant instant, const core::TimeZone& zone) {
  auto text = core::format_instant(core::Instant(zone.to_local(instant).time_since_epoch()));
  text[10] = ' ';
  return text.substr(0, 19);
}

std::string wall_clock_minute(core::Instant instant, const core::TimeZone& zone) {
  return wall_clock(instant, zone).substr(0, 16);
}

}  // namespace egarage::report
