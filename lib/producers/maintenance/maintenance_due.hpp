#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/enum_names.hpp"
#include "producers/maintenance/odometer_forecast.hpp"
#include "producers/maintenance/service_plan.hpp"

namespace egarage::producers::maintenance {

/// How far ahead a service is announced.
struct DueThresholds {
  std::chrono::days before{30};
  Distance distance_before = Distance::km(1'000);
};

/// In the order of urgency.
enum class DueState {
  planned,   ///< further ahead than the thresholds
  due_soon,  ///< within them
  due,       ///< the date is today; or the odometer is expected to have reached the target, or shows exactly it
  overdue    ///< the date is past; or a reading is beyond the target, or even the slowest rate has passed it
};
inline constexpr core::EnumNames<DueState, 4> due_state_names{{{DueState::planned, "planned"},
                                                               {DueState::due_soon, "due soon"},
                                                               {DueState::due, "due"},
                                                               {DueState::overdue, "overdue"}}};

enum class DueBy { nothing, date, odometer, both };
inline constexpr core::EnumNames<DueBy, 4> due_by_names{
    {{DueBy::nothing, "nothing"}, {DueBy::date, "date"}, {DueBy::odometer, "odometer"}, {DueBy::both, "both"}}};

struct MaintenanceDue {
  DueState state = DueState::planned;
  /// The target's date or the odometer's expected one, whichever is first; it can be past. Empty when neither is known.
  std::optional<core::Date> due_on{};
  DueBy by = DueBy::nothing;                   ///< which of the two `due_on` is; both when they fall on one day
  std::optional<OdometerForecast> odometer{};  ///< beside a target that has an odometer
  std::vector<std::string> why{};              ///< sentences without a full stop, what decided first
};

/// The state of each of the target's two halves, and of the two together the more urgent. An odometer target is due
/// soon when its expected date is within `before`, or when the odometer is expected to be within `distance_before` of
/// it. `unit` is for the sentences.
MaintenanceDue find_due(const ServiceTarget& target, const MileageEstimate& mileage, const DueThresholds& thresholds,
                        core::Date today, DistanceUnit unit);

}  // namespace egarage::producers::maintenance
