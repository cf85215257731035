#include "producers/maintenance/mileage_estimate.hpp"

#include <algorithm>

#include "producers/maintenance/rate_change.hpp"
#include "producers/maintenance/robust_slope.hpp"

namespace egarage::producers::maintenance {

namespace {

constexpr double least_spread = 0.25;

/// The readings that a rate is taken from, by odometer.
struct Basis {
  std::vector<MileagePoint> points;
  std::vector<core::Date> dates;
  int longest_span_days = 0;
};

Basis basis_of(const OdometerHistory& history, const std::optional<RateChange>& change) {
  Basis basis;
  for (std::size_t odometer = 0; odometer < history.believed.size(); ++odometer) {
    std::optional<core::Date> first;
    for (const auto& reading : history.believed[odometer]) {
      if (change && reading.date < change->since) continue;
      if (!first) first = reading.date;
      const auto day = std::chrono::sys_days{reading.date}.time_since_epoch().count();
      basis.points.push_back({static_cast<double>(day), reading.distance().in_km(), odometer});
      basis.dates.push_back(reading.date);
      basis.longest_span_days = std::max(basis.longest_span_days, days_between(*first, reading.date));
    }
  }
  return basis;
}

void use_default(MileageEstimate& estimate, double usual) {
  estimate.km_per_day = usual;
  estimate.slowest_km_per_day = usual / 2;
  estimate.fastest_km_per_day = usual * 2;
}

Confidence confidence_in(const MileageEstimate& estimate, int span_days, core::Date today) {
  if (estimate.source == RateSource::country_default) return Confidence::low;
  const int age = days_between(estimate.latest->date, today);
  const auto rejected = static_cast<double>(estimate.history.rejected.size());
  const double spread = estimate.fastest_km_per_day - estimate.slowest_km_per_day;
  if (estimate.readings >= 4 && span_days >= 365 && age <= 270 && spread <= 0.6 * estimate.km_per_day &&
      rejected <= (estimate.readings + rejected) / 4) {
    return Confidence::high;
  }
  const bool enough = (estimate.readings >= 3 && span_days >= 120) || (estimate.readings >= 2 && span_days >= 300);
  return enough && age <= 540 ? Confidence::medium : Confidence::low;
}

}  // namespace

Distance usual_yearly_distance(std::string_view country) { return Distance::km(country == "US" ? 18'000 : 15'000); }

MileageEstimate estimate_mileage(std::vector<OdometerReading> readings, const MileageRules& rules, core::Date today) {
  const double usual = rules.usual_yearly.in_km() / days_per_year;
  MileageEstimate estimate;
  estimate.history = sort_out(std::move(readings), today, usual);
  if (const auto* present = estimate.history.present()) {
    estimate.latest = present->back();
    estimate.change = find_rate_change(*present);
  }
  const auto basis = basis_of(estimate.history, estimate.change);
  const auto slope = robust_slope(basis.points, rules.half_life_days);
  if (!slope || basis.longest_span_days < rules.shortest_span_days) {
    estimate.change.reset();
    use_default(estimate, usual);
    return estimate;
  }
  estimate.source = RateSource::readings;
  estimate.km_per_day = slope->km_per_day;
  estimate.slowest_km_per_day = std::min(slope->slowest, slope->km_per_day * (1 - least_spread));
  estimate.fastest_km_per_day = std::max(slope->fastest, slope->km_per_day * (1 + least_spread));
  estimate.readings = static_cast<int>(basis.dates.size());
  estimate.first_reading = basis.dates.front();
  estimate.last_reading = basis.dates.back();
  estimate.confidence = confidence_in(estimate, basis.longest_span_days, today);
  return estimate;
}

}  // namespace egarage::producers::maintenance
