#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "producers/maintenance/maintenance_due.hpp"
#include "store/maintenance_plans.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/vehicles.hpp"

namespace egarage::producers::maintenance {

/// When customers are told of a service, where neither the reminder nor the plan says it.
struct ReminderRules {
  DueThresholds thresholds{};           ///< how early
  std::chrono::days overdue_after{14};  ///< after the last day on which it is not late; zero: no second message
  std::chrono::days told_within{30};    ///< after a step's last day; later it makes no sense any more
};

/// What a message about a reminder says.
enum class ReminderStep { due, overdue };

DistanceUnit unit_of(const store::Vehicle& vehicle);

/// The reminder's own thresholds, else the plan's of its type (null: there is none), else the rules'.
DueThresholds thresholds_of(const store::MaintenanceReminder& reminder, const store::Vehicle& vehicle,
                            const store::MaintenancePlan* plan, const ReminderRules& rules);

/// The days around a reminder, as the vehicle is known today. `counted_from` is left out.
///
/// The announcement comes as early as the thresholds say, counted from the due day, from the day on which the odometer
/// is expected to show the due mileage, and for `distance_before` from the day on which it is expected to be that near;
/// the earliest counts. Late it is after the due day, or after the reading that shows the mileage, or once even the
/// slowest rate has reached it; again the earliest. The second message comes `overdue_after` later, and not sooner than
/// as long after the first. None of it depends on `today`, except that readings of later days do not count.
store::ReminderSchedule schedule_of(const store::MaintenanceReminder& reminder, DistanceUnit unit,
                                    const MileageEstimate& mileage, const DueThresholds& thresholds,
                                    const ReminderRules& rules, core::Date today);

/// The day of the second message about one that was written about on `notified`; empty: there will be none.
std::optional<core::Date> overdue_step(std::optional<core::Date> latest, core::Date notified,
                                       const ReminderRules& rules);

/// The step that makes sense on `today` for a planned or notified reminder: the latest whose day has come, so that a
/// missed month brings one message. Empty: none any more.
std::optional<ReminderStep> step_on(core::Date today, const store::ScheduledReminder& reminder,
                                    const ReminderRules& rules);

/// What it is due for, and the step: `2026-12-01/due`, `90000/due`, `2026-12-01+90000/overdue`. Part of dedup keys, so
/// that a reminder that is moved is written about again.
std::string step_text(const store::MaintenanceReminder& reminder, ReminderStep step);

/// Whether that was written already, as far as `told` says: after `overdue`, `due` is not written any more.
bool was_told(const store::ScheduledReminder& reminder, ReminderStep step);

}  // namespace egarage::producers::maintenance
