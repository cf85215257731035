#include "producers/maintenance/distance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/thousands.hpp"

namespace egarage::producers::maintenance {

Distance Distance::from_km(double km) {
  constexpr double most = 1e9;
  return Distance{std::llround(std::clamp(km, -most, most) * mm_per_km)};
}

std::int64_t Distance::rounded(DistanceUnit unit) const {
  const auto size = unit == DistanceUnit::km ? mm_per_km : mm_per_mile;
  const auto half = millimetres_ < 0 ? -size / 2 : size / 2;
  return (millimetres_ + half) / size;
}

std::string format_distance(Distance distance, DistanceUnit unit) {
  return fmt::format("{} {}", core::with_thousands(distance.rounded(unit)),
                     core::name_of(core::distance_unit_names, unit));
}

}  // namespace egarage::producers::maintenance
