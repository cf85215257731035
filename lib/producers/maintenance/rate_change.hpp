#pragma once

#include <optional>
#include <span>

#include "producers/maintenance/mileage_estimate.hpp"

namespace egarage::producers::maintenance {

/// Where one odometer's readings (in order) change their rate for good, by the rule of `estimate_mileage`; the newest
/// change that fits best. Empty when there is none, and always below four readings.
std::optional<RateChange> find_rate_change(std::span<const OdometerReading> readings);

}  // namespace egarage::producers::maintenance
