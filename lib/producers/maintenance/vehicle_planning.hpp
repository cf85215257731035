#pragma once

#include <optional>
#include <vector>

#include "producers/maintenance/reminder_steps.hpp"
#include "store/documents.hpp"

namespace egarage::producers::maintenance {

/// What the planning of a vehicle stands on.
struct VehicleRecord {
  store::Vehicle vehicle;
  std::vector<store::ScheduledReminder> reminders;  ///< in all states
  std::vector<store::MaintenancePlan> plans;        ///< those for it, one a type
  std::vector<store::ServiceDone> services;         ///< by day
  std::optional<core::Date> first_seen;             ///< its first document or odometer reading
  MileageEstimate mileage;

  const store::MaintenancePlan* plan_of(core::MaintenanceType type) const;
  /// The last service that covers the type, up to `day`; null when there is none.
  const store::ServiceDone* last_service(core::MaintenanceType type, core::Date day) const;
};

/// `plan/v-12/ACEITE/2026-03-01`: the reminder that a plan makes after the service of that day. The same service makes
/// the same key, also in a store that was restored from a backup.
std::string plan_key(const store::Vehicle& vehicle, core::MaintenanceType type, core::Date counted_from);

/// When the plan's next service is due after the last one of its type, or after the vehicle was first seen; nothing in
/// it when there is nothing to count from. The odometer is on the present one.
ServiceTarget plan_target(const VehicleRecord& record, const store::MaintenancePlan& plan, core::Date today);

/// The vehicle's reminders as they should be, those only that change or are new:
///
/// - A vehicle that was sold has no open ones.
/// - A document of its type done after the day that a reminder counts from closes it, and so does one that was done
/// once
///   it could be announced: the workshop serviced the vehicle a little early.
/// - Each plan has one open reminder, that of the last service. An open imported reminder of the same type takes its
///   place (not for PERSONALIZADO, which may be anything): nobody is told twice of one service.
/// - What a plan made and nothing stands behind any more is cancelled, and opened again should that change.
/// - One that was written about and has moved beyond the thresholds is planned anew.
std::vector<store::ScheduledReminder> plan_vehicle(const VehicleRecord& record, const ReminderRules& rules,
                                                   core::Date today);

}  // namespace egarage::producers::maintenance
