#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::core {

/// Reads `08:30`, also `08:30:15` as Django writes times (the seconds are dropped): minutes after midnight, up to
/// `24:00`. Empty for anything else.
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

/// `08:30`.
std::string format_time_of_day(std::chrono::minutes after_midnight);

}  // namespace egarage::core
