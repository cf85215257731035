#pragma once

#include <cstdint>
#include <string>

#include "core/instant.hpp"
#include "producers/maintenance/distance.hpp"

namespace egarage::producers::maintenance {

/// What somebody read off a vehicle's odometer, as typed: the digits are what typing errors are looked for in.
struct OdometerReading {
  core::Date date{};
  std::int64_t amount = 0;
  DistanceUnit unit = DistanceUnit::km;
  std::string source{};  ///< where it comes from, for explanations: `document 1042`, `import`

  Distance distance() const { return Distance::of(amount, unit); }
  bool operator==(const OdometerReading&) const = default;
};

inline constexpr double days_per_year = 365.2425;  ///< on average, Gregorian

/// Days from `from` to `to`; negative when `to` is earlier.
inline int days_between(core::Date from, core::Date to) {
  return static_cast<int>((std::chrono::sys_days{to} - std::chrono::sys_days{from}).count());
}

inline core::Date days_after(core::Date date, int days) {
  return std::chrono::sys_days{date} + std::chrono::days{days};
}

}  // namespace egarage::producers::maintenance
