#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "producers/maintenance/odometer_history.hpp"

namespace egarage::producers::maintenance {

/// What a vehicle does in a year where its own readings are too few. United States: 18,000 km, after 18,054 km per
/// light-duty vehicle (FHWA, "Highway Statistics 2009", table VM-1M). Chile: 15,000 km, a round figure: there is no
/// official one per vehicle; buyers' guides call 15,000 to 20,000 km ordinary. Other countries: as Chile.
Distance usual_yearly_distance(std::string_view country);

struct MileageRules {
  Distance usual_yearly = usual_yearly_distance("CL");  ///< more than zero
  int shortest_span_days = 30;                          ///< readings closer together than this say nothing about a year
  double half_life_days = 365;                          ///< a year ago counts half
};

enum class RateSource { readings, country_default };

enum class Confidence { low, medium, high };
inline constexpr core::EnumNames<Confidence, 3> confidence_names{
    {{Confidence::low, "low"}, {Confidence::medium, "medium"}, {Confidence::high, "high"}}};

/// The vehicle is used in another way since then, as after a sale: only the readings from then on count.
struct RateChange {
  core::Date since;
  double km_per_day_before;
};

/// How much a vehicle is driven, and everything that was looked at to say so. Rates are finite and not negative; zero
/// is a vehicle that stands still.
struct MileageEstimate {
  double km_per_day = 0;
  double slowest_km_per_day = 0, fastest_km_per_day = 0;
  RateSource source = RateSource::country_default;
  Confidence confidence = Confidence::low;
  int readings = 0;                                       ///< that the rate was taken from; 0 for the default
  std::optional<core::Date> first_reading, last_reading;  ///< of those
  std::optional<OdometerReading> latest;                  ///< where the odometer stood last; empty without readings
  std::optional<RateChange> change;
  OdometerHistory history;
};

/// The rate is the robust slope (robust_slope.hpp) of the believed readings (odometer_history.hpp) since the last
/// change of use, or the usual rate when fewer than two readings that span `shortest_span_days` are left.
///
/// A change of use is where the readings before and after, spanning half a year each, differ by a factor of 1.8, and
/// two lines fit at least twice as well as one.
///
/// The spread is that of the slopes, at least ±25 %, which holds three of four true dates of the synthetic drivers in
/// the tests; of the default rate, half to twice.
///
/// Confidence: high from four readings over a year on, the last one not older than nine months, the spread not wider
/// than 60 % of the rate, not more than a quarter of all readings rejected. Medium from three readings over four
/// months, or two over ten, the last one not older than 18 months. Low otherwise, and always for the default.
MileageEstimate estimate_mileage(std::vector<OdometerReading> readings, const MileageRules& rules, core::Date today);

/// `12,400 km a year from 5 readings of 2024-03-01 … 2026-10-02, 1 rejected: 1,234,560 km of 2025-01-07 looks like an
/// extra digit`; `15,000 km a year, the usual distance: too few readings`. One line.
std::string describe(const MileageEstimate& estimate, DistanceUnit unit);
/// `1,234,560 km of 2025-01-07 looks like an extra digit`.
std::string describe(const RejectedReading& rejected);

}  // namespace egarage::producers::maintenance
