#pragma once

#include <optional>
#include <span>
#include <vector>

namespace egarage::producers::maintenance {

/// A reading as a point: slopes are taken only between points of one odometer.
struct MileagePoint {
  double day;
  double km;
  std::size_t odometer;
};

struct RobustSlope {
  double km_per_day;
  double slowest, fastest;  ///< 10 % of the slopes' weight lie below, 10 % above
};

/// The weighted median of the slopes between all pairs of points (Theil 1950, Sen 1968, "Estimates of the regression
/// coefficient based on Kendall's tau", JASA 63; weights as the time between the points: Sievers 1978, "Weighted rank
/// statistics for simple linear regression", JASA 73). The long pairs decide, so that a season's use counts little
/// against the year's; the weight halves with each `half_life_days` from the pair's middle to the newest point. Up to a
/// quarter of wrong points move it little. Pairs closer than 14 days say nothing. Empty when no pair is left.
std::optional<RobustSlope> robust_slope(std::span<const MileagePoint> points, double half_life_days);

}  // namespace egarage::producers::maintenance
