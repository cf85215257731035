#include "producers/maintenance/rate_change.hpp"

#include <algorithm>
#include <cmath>

namespace egarage::producers::maintenance {

namespace {

constexpr int shortest_side_days = 180;
constexpr double factor = 1.8;

/// A straight line through a run's first and last reading.
struct Line {
  std::span<const OdometerReading> readings;

  int days() const { return days_between(readings.front().date, readings.back().date); }
  double km_per_day() const {
    return (readings.back().distance() - readings.front().distance()).in_km() / std::max(days(), 1);
  }
  /// How far the readings lie from it, in km, added up.
  double misfit() const {
    double sum = 0;
    for (const auto& reading : readings) {
      const double expected = km_per_day() * days_between(readings.front().date, reading.date);
      sum += std::abs((reading.distance() - readings.front().distance()).in_km() - expected);
    }
    return sum;
  }
};

bool another_use(double before, double after) {
  return std::max(before, after) >= factor * std::max(std::min(before, after), 1e-9);
}

}  // namespace

std::optional<RateChange> find_rate_change(std::span<const OdometerReading> readings) {
  if (readings.size() < 4) return std::nullopt;
  std::optional<RateChange> found;
  double least_misfit = Line{readings}.misfit() / 2;
  for (std::size_t i = 1; i + 1 < readings.size(); ++i) {
    const Line before{readings.first(i + 1)}, after{readings.subspan(i)};
    if (before.days() < shortest_side_days || after.days() < shortest_side_days) continue;
    if (!another_use(before.km_per_day(), after.km_per_day())) continue;
    const double misfit = before.misfit() + after.misfit();
    if (misfit > least_misfit) continue;
    least_misfit = misfit;
    found = RateChange{readings[i].date, before.km_per_day()};
  }
  return found;
}

}  // namespace egarage::producers::maintenance
