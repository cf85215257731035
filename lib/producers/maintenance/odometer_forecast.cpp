#include "producers/maintenance/odometer_forecast.hpp"

#include <cmath>

namespace egarage::producers::maintenance {

namespace {

constexpr double horizon_days = 20 * days_per_year;

/// The day `km` later at that rate; empty beyond the horizon.
std::optional<core::Date> day_after(core::Date start, double km, double km_per_day) {
  if (!(km_per_day > 0)) return std::nullopt;
  const double days = std::ceil(km / km_per_day);
  if (!(days <= horizon_days)) return std::nullopt;
  return days_after(start, static_cast<int>(days));
}

}  // namespace

OdometerForecast foresee(const MileageEstimate& mileage, Distance target, core::Date today) {
  const auto* present = mileage.history.present();
  if (!present) return {};
  for (const auto& reading : *present) {
    if (reading.distance() >= target) return {Reach::passed, reading.date};
  }
  const auto& last = present->back();
  const double km = (target - last.distance()).in_km();
  const auto expected = day_after(last.date, km, mileage.km_per_day);
  if (!expected) return {Reach::not_foreseen};
  return {*expected < today ? Reach::likely_passed : Reach::ahead, expected,
          day_after(last.date, km, mileage.fastest_km_per_day), day_after(last.date, km, mileage.slowest_km_per_day)};
}

std::optional<Distance> expected_odometer(const MileageEstimate& mileage, core::Date day) {
  if (!mileage.latest) return std::nullopt;
  return mileage.latest->distance() + Distance::from_km(mileage.km_per_day * days_between(mileage.latest->date, day));
}

Distance on_present_odometer(const MileageEstimate& mileage, Distance reading, core::Date date) {
  for (const auto& replacement : mileage.history.replacements) {
    if (replacement.since <= date) continue;
    const double gap_days = days_between(replacement.last.date, replacement.first.date);
    const auto went_on_to = replacement.last.distance() + Distance::from_km(mileage.km_per_day * gap_days);
    reading = reading - went_on_to + replacement.first.distance();
  }
  return reading;
}

}  // namespace egarage::producers::maintenance
