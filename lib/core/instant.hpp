#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::core {

/// A point in time, UTC, whole seconds. Only `main` reads the clock; everything else takes an Instant.
using Instant = std::chrono::sys_seconds;
/// A calendar date without a time zone.
using Date = std::chrono::year_month_day;

/// Reads RFC 3339 (`2026-11-22T15:04:05Z`, `…-03:00`, fractions dropped) and the host's `2026-11-22 15:04:05.123`
/// (UTC). Empty for anything else, for dates that do not exist, and outside the years 1970 to 9999.
std::optional<Instant> parse_instant(std::string_view text);

/// `2026-11-22T15:04:05Z`.
std::string format_instant(Instant instant);

/// Reads `YYYY-MM-DD`. Empty for anything else and for dates that do not exist.
std::optional<Date> parse_date(std::string_view text);

/// `YYYY-MM-DD`.
std::string format_date(Date date);

/// Reads `90s`, `15m`, `24h`, `7d` (a whole positive number and a unit). Empty for anything else.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// `45 s`, `12 min`, `3 h`, `2 d`: the largest unit that keeps the value readable.
std::string format_duration(std::chrono::seconds duration);

}  // namespace egarage::core
