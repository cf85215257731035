#pragma once

#include <vector>

#include "producers/maintenance/odometer_history.hpp"

namespace egarage::producers::maintenance {

struct Bounds {
  Distance lowest, highest;
};

/// Where an odometer can be on `date` after `reading`, at up to 2.5 times the rate and a trip of 1,000 km.
Bounds reachable_after(const OdometerReading& reading, core::Date date, double km_per_day);
/// Where it can have been on `date` before `reading`; not below zero.
Bounds reachable_before(const OdometerReading& reading, core::Date date, double km_per_day);

/// Takes the newest and the oldest reading out of `readings` (one odometer's, in order) where the others contradict
/// them and a typing error explains it; says which and why. The rate is the others', but not below
/// `usual_km_per_day` before they span half a year, nor ever below 40 % of it; below 30 days it is `usual_km_per_day`.
/// Two readings that contradict each other cost the newer one: a message in a month's time does less harm than one for
/// a service that is not due. A single reading stays.
std::vector<RejectedReading> reject_ends(std::vector<OdometerReading>& readings, double usual_km_per_day);

/// Whether `newest`, lower than the last of `readings`, is the first of a new odometer: one that began at zero after
/// that last reading can have got there, and no typing error explains it.
bool begins_a_new_odometer(const OdometerReading& newest, const std::vector<OdometerReading>& readings,
                           double usual_km_per_day);

}  // namespace egarage::producers::maintenance
