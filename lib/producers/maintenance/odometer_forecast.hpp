#pragma once

#include <optional>

#include "producers/maintenance/mileage_estimate.hpp"

namespace egarage::producers::maintenance {

enum class Reach {
  unknown,        ///< no reading: nothing to start from
  ahead,          ///< expected today or later
  not_foreseen,   ///< the vehicle stands still, or needs more than 20 years
  likely_passed,  ///< the expected date is past, but no reading shows it
  passed          ///< a reading shows at least the target
};

/// When a vehicle's odometer shows a certain distance.
struct OdometerForecast {
  Reach reach = Reach::unknown;
  /// `ahead`, `likely_passed`: the expected date. `passed`: the date of the first reading that shows the target.
  std::optional<core::Date> expected{};
  /// The expected date at the fastest and the slowest rate; `latest` is empty where the slowest takes more than 20
  /// years. Both only beside an `expected` that is not read off.
  std::optional<core::Date> earliest{}, latest{};
};

/// The latest reading plus the estimated rate for every day since; the day on which `target` is reached. A higher
/// target is never expected earlier.
OdometerForecast foresee(const MileageEstimate& mileage, Distance target, core::Date today);

/// What the odometer is expected to show on a day that is not before the latest reading. Empty without readings.
std::optional<Distance> expected_odometer(const MileageEstimate& mileage, core::Date day);

/// What the present odometer would have shown when an earlier one showed `reading`, less than zero when that was before
/// it was new: the way between the last reading of an odometer and the first of the next is estimated by the rate.
/// `reading` itself when the odometer has not been replaced since.
Distance on_present_odometer(const MileageEstimate& mileage, Distance reading, core::Date date);

}  // namespace egarage::producers::maintenance
