#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/instant.hpp"
#include "core/time_zone.hpp"

namespace egarage::tmpl {

/// What a text that holds a date, a time of day or an instant means. An instant is shown in a time zone; a plain date
/// or time is the same everywhere.
struct Moment {
  std::optional<core::Date> date;
  std::optional<std::chrono::seconds> time;  ///< since midnight
  std::chrono::microseconds fraction{0};
  std::optional<core::Instant> instant;
};

/// Reads `2026-11-22`, `08:30`, `08:30:00`, and what core::parse_instant reads. Empty for anything else.
std::optional<Moment> parse_moment(std::string_view text, const core::TimeZone& zone);

}  // namespace egarage::tmpl
