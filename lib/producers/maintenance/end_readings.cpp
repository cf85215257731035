#include "producers/maintenance/end_readings.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace egarage::producers::maintenance {

namespace {

constexpr double often_enough = 2.5;
constexpr int shortest_span_days = 30;
/// From here on a vehicle that is driven less than usual is believed to be.
constexpr int long_span_days = 180;

Distance furthest(core::Date from, core::Date to, double km_per_day) {
  return Distance::from_km(1'000 + often_enough * km_per_day * std::abs(days_between(from, to)));
}

double rate_of(std::span<const OdometerReading> readings, double usual_km_per_day) {
  if (readings.size() < 2) return usual_km_per_day;
  const int days = days_between(readings.front().date, readings.back().date);
  if (days < shortest_span_days) return usual_km_per_day;
  const auto driven = readings.back().distance() - readings.front().distance();
  // A vehicle that stood still may be driven again as others are.
  const double least = days < long_span_days ? usual_km_per_day : usual_km_per_day / often_enough;
  return std::max(driven.in_km() / days, least);
}

std::optional<RejectedReading> explained(const OdometerReading& reading, const Bounds& bounds) {
  const auto error =
      typing_error(reading.amount, bounds.lowest.rounded(reading.unit), bounds.highest.rounded(reading.unit));
  if (!error) return std::nullopt;
  return RejectedReading{reading, *error};
}

}  // namespace

Bounds reachable_after(const OdometerReading& reading, core::Date date, double km_per_day) {
  return {reading.distance(), reading.distance() + furthest(reading.date, date, km_per_day)};
}

Bounds reachable_before(const OdometerReading& reading, core::Date date, double km_per_day) {
  return {std::max(Distance{}, reading.distance() - furthest(reading.date, date, km_per_day)), reading.distance()};
}

std::vector<RejectedReading> reject_ends(std::vector<OdometerReading>& readings, double usual_km_per_day) {
  std::vector<RejectedReading> rejected;
  if (readings.size() >= 2) {
    const std::span others(readings.data(), readings.size() - 1);
    const auto bounds = reachable_after(others.back(), readings.back().date, rate_of(others, usual_km_per_day));
    if (auto found = explained(readings.back(), bounds)) {
      rejected.push_back(*found);
      readings.pop_back();
    }
  }
  if (readings.size() >= 3) {
    const std::span others(readings.data() + 1, readings.size() - 1);
    const auto bounds = reachable_before(others.front(), readings.front().date, rate_of(others, usual_km_per_day));
    if (auto found = explained(readings.front(), bounds)) {
      rejected.push_back(*found);
      readings.erase(readings.begin());
    }
  }
  return rejected;
}

bool begins_a_new_odometer(const OdometerReading& newest, const std::vector<OdometerReading>& readings,
                           double usual_km_per_day) {
  const auto& last = readings.back();
  if (newest.date <= last.date || newest.distance() >= last.distance()) return false;
  const double km_per_day = rate_of(readings, usual_km_per_day);
  return newest.distance() <= furthest(last.date, newest.date, km_per_day) &&
         !explained(newest, reachable_after(last, newest.date, km_per_day));
}

}  // namespace egarage::producers::maintenance
