#include "producers/maintenance/reading_chain.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace egarage::producers::maintenance {

namespace {

/// A trip across the country may lie between any two readings.
constexpr double one_trip_km = 1'000;
/// Averaged over weeks, two drivers in shifts stay below it (180,000 km a year).
constexpr double fastest_km_per_day = 500;
/// 55,000 km a year: taxis and vans do more, but a chain of slower steps is the likelier one.
constexpr double unremarkable_km_per_day = 150;
/// What starting anew costs, in readings: more than one, less than two.
constexpr double cost_of_a_new_odometer = 1.6;
constexpr double cost_of_each_doubling = 0.4;

/// What following `from` with `to` on the same odometer costs, in readings. Empty when no vehicle does that.
std::optional<double> cost_of_step(const OdometerReading& from, const OdometerReading& to) {
  const double km = to.distance().in_km() - from.distance().in_km();
  const double days = days_between(from.date, to.date);
  if (km < 0 || km > one_trip_km + fastest_km_per_day * days) return std::nullopt;
  const double km_per_day = (km - one_trip_km) / std::max(days, 1.0);
  return km_per_day <= unremarkable_km_per_day
             ? 0
             : cost_of_each_doubling * std::log2(km_per_day / unremarkable_km_per_day);
}

struct Best {
  double score = 1;
  std::optional<std::size_t> previous{};
  bool starts_anew = false;
};

}  // namespace

std::vector<Link> longest_chain(std::span<const OdometerReading> readings) {
  if (readings.empty()) return {};
  std::vector<Best> best(readings.size());
  std::size_t end = 0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto step = cost_of_step(readings[j], readings[i]);
      const double score = best[j].score + 1 - step.value_or(cost_of_a_new_odometer);
      // Of equals, the nearer reading.
      if (score >= best[i].score) best[i] = {score, j, !step};
    }
    if (best[i].score >= best[end].score) end = i;
  }
  std::vector<Link> chain;
  for (std::optional<std::size_t> place = end; place; place = best[*place].previous) {
    chain.push_back({*place, best[*place].starts_anew});
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

}  // namespace egarage::producers::maintenance
