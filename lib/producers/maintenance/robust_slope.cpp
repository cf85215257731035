#include "producers/maintenance/robust_slope.hpp"

#include <algorithm>
#include <cmath>

namespace egarage::producers::maintenance {

namespace {

constexpr double shortest_pair_days = 14;

struct Slope {
  double km_per_day, weight;
};

/// Of slopes in order; their weights are positive.
double weighted_quantile(const std::vector<Slope>& slopes, double share) {
  double total = 0;
  for (const auto& slope : slopes) total += slope.weight;
  double below = 0;
  for (const auto& slope : slopes) {
    below += slope.weight;
    if (below >= share * total) return slope.km_per_day;
  }
  return slopes.back().km_per_day;
}

}  // namespace

std::optional<RobustSlope> robust_slope(std::span<const MileagePoint> points, double half_life_days) {
  double newest = -INFINITY;
  for (const auto& point : points) newest = std::max(newest, point.day);
  std::vector<Slope> slopes;
  for (const auto& from : points) {
    for (const auto& to : points) {
      const double days = to.day - from.day;
      if (from.odometer != to.odometer || days < shortest_pair_days) continue;
      const double age = newest - (from.day + to.day) / 2;
      slopes.push_back({(to.km - from.km) / days, days * std::exp2(-age / half_life_days)});
    }
  }
  // Weights of a pair a century old vanish; pairs without weight would only stand in the way.
  std::erase_if(slopes, [](const Slope& slope) { return !(slope.weight > 0); });
  if (slopes.empty()) return std::nullopt;
  std::sort(slopes.begin(), slopes.end(), [](const Slope& a, const Slope& b) { return a.km_per_day < b.km_per_day; });
  return RobustSlope{weighted_quantile(slopes, 0.5), weighted_quantile(slopes, 0.1), weighted_quantile(slopes, 0.9)};
}

}  // namespace egarage::producers::maintenance
