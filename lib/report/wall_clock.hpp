#pragma once

#include <string>

#include "core/time_zone.hpp"

namespace egarage::report {

/// `2026-12-01 09:15:30`, as the clocks of the zone show it.
std::string wall_clock(core::Instant instant, const core::TimeZone& zone);
/// `2026-12-01 09:15`.
std::string wall_clock_minute(core::Instant instant, const core::TimeZone& zone);

}  // namespace egarage::report
