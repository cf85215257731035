#pragma once

#include <vector>

#include "producers/maintenance/odometer.hpp"

namespace egarage::test {

enum class TypingErrors { none, some };

/// A made-up driver: what the workshop was told, and when the odometer truly showed the target.
struct Driver {
  std::vector<producers::maintenance::OdometerReading> history;
  std::vector<std::size_t> mistyped;  ///< places in `history`
  core::Date today{};
  producers::maintenance::Distance target{};
  core::Date reached{};
};

/// Drivers as a workshop has them, always the same for a seed: 14,000 km a year in the median (lognormal, sigma 0.5),
/// 3 to 9 visits 30 to 270 days apart, a season of up to ±40 %, each month up or down by a third, a tenth change their
/// use for good, a twentieth had the odometer replaced; of the readings 4 % have a digit too many, one too few, or two
/// swapped. Today is up to 60 days after the last visit, the target 2,000 to 10,000 km after it.
std::vector<Driver> synthetic_drivers(int count, unsigned seed, TypingErrors errors);

}  // namespace egarage::test
