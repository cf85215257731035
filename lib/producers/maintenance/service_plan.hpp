#pragma once

#include <chrono>
#include <optional>

#include "core/instant.hpp"
#include "producers/maintenance/mileage_estimate.hpp"

namespace egarage::producers::maintenance {

/// Every so many months, or every so many kilometres, whichever comes first. At least one of them; each more than zero
/// (one that is not counts as absent).
struct ServiceInterval {
  std::optional<std::chrono::months> months{};
  std::optional<Distance> distance{};
};

enum class Anchoring {
  floating,  ///< counted from the last service, early or late as it was
  fixed      ///< at whole intervals from the start, whenever the services were
};

/// A service that covers the plan's maintenance type, or the plan's start: a vehicle that has had none.
struct Service {
  core::Date date{};
  std::optional<Distance> odometer{};  ///< as the odometer of that day showed it
};

struct ServicePlan {
  ServiceInterval interval{};
  Anchoring anchoring = Anchoring::floating;
  Service start{};
};

/// When the next service is due: at a date, an odometer reading, or whichever comes first. Also what an imported
/// reminder says. Nothing in it: never.
struct ServiceTarget {
  std::optional<core::Date> date{};
  std::optional<Distance> odometer{};  ///< on the present odometer

  bool operator==(const ServiceTarget&) const = default;
};

/// The target after `last`, the latest service that covers the plan; of a vehicle that has had none, the first after
/// the plan's start.
///
/// Floating: one interval after it. Fixed: the first whole interval from the start that lies later than a quarter of
/// an interval after it: a service in the last quarter before a date is that date's, only early, and an earlier one
/// does not count for it. Months by the rule of `add_months`, always counted from the start.
///
/// Without an odometer reading of the service, or where its reading is rejected, the odometer of that day is
/// interpolated between readings or estimated from the nearest one (`odometer_on`); where there is none at all, the
/// target has no odometer. Readings of an odometer that has since been replaced are carried over
/// (`on_present_odometer`).
ServiceTarget next_target(const ServicePlan& plan, const std::optional<Service>& last, const MileageEstimate& mileage);

/// What the present odometer showed, or would have shown, on that day: on the line between the readings around it, at
/// the estimated rate before the first and after the last. Empty without readings.
std::optional<Distance> odometer_on(const MileageEstimate& mileage, core::Date day);

}  // namespace egarage::producers::maintenance
