#include "producers/maintenance/reminder_steps.hpp"

#include <algorithm>

namespace egarage::producers::maintenance {

namespace {

using std::chrono::days;

core::Date earlier_by(core::Date date, days count) { return std::chrono::sys_days{date} - count; }
core::Date later_by(core::Date date, days count) { return std::chrono::sys_days{date} + count; }

/// The earlier of two days that may both be unknown.
std::optional<core::Date> first_of(std::optional<core::Date> a, std::optional<core::Date> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

core::Date day_of(core::Instant instant) { return core::Date{std::chrono::floor<days>(instant)}; }

}  // namespace

DistanceUnit unit_of(const store::Vehicle& vehicle) {
  // Both enumerations stand for the same words in the same order.
  return static_cast<DistanceUnit>(vehicle.unit);
}

DueThresholds thresholds_of(const store::MaintenanceReminder& reminder, const store::Vehicle& vehicle,
                            const store::MaintenancePlan* plan, const ReminderRules& rules) {
  auto result = rules.thresholds;
  if (plan && plan->days_before) result.before = days{*plan->days_before};
  if (plan && plan->distance && plan->distance_before) {
    result.distance_before = Distance::of(*plan->distance_before, static_cast<DistanceUnit>(plan->distance->unit));
  }
  if (reminder.days_before) result.before = days{*reminder.days_before};
  if (reminder.distance_before) result.distance_before = Distance::of(*reminder.distance_before, unit_of(vehicle));
  return result;
}

store::ReminderSchedule schedule_of(const store::MaintenanceReminder& reminder, DistanceUnit unit,
                                    const MileageEstimate& mileage, const DueThresholds& thresholds,
                                    const ReminderRules& rules, core::Date today) {
  store::ReminderSchedule schedule;
  std::optional<core::Date> announced;
  if (reminder.due) {
    announced = earlier_by(*reminder.due, thresholds.before);
    schedule.latest = reminder.due;
  }
  if (reminder.due_odometer) {
    const auto target = Distance::of(*reminder.due_odometer, unit);
    const auto forecast = foresee(mileage, target, today);
    schedule.forecast = forecast.expected;
    if (forecast.expected) {
      const auto near = foresee(mileage, target - thresholds.distance_before, today).expected;
      announced = first_of(announced, first_of(earlier_by(*forecast.expected, thresholds.before), near));
      schedule.latest = first_of(schedule.latest, forecast.latest ? forecast.latest : forecast.expected);
    }
  }
  using store::ReminderState;
  if (reminder.state == ReminderState::planned) schedule.next_step = announced;
  if (reminder.state == ReminderState::notified && reminder.notified) {
    schedule.next_step = overdue_step(schedule.latest, day_of(*reminder.notified), rules);
  }
  return schedule;
}

std::optional<core::Date> overdue_step(std::optional<core::Date> latest, core::Date notified,
                                       const ReminderRules& rules) {
  if (!latest || rules.overdue_after == days{0}) return std::nullopt;
  return later_by(std::max(*latest, notified), rules.overdue_after);
}

std::optional<ReminderStep> step_on(core::Date today, const store::ScheduledReminder& scheduled,
                                    const ReminderRules& rules) {
  const auto next = scheduled.schedule.next_step, latest = scheduled.schedule.latest;
  if (!next || *next > today || !latest) return std::nullopt;
  if (const auto& notified = scheduled.reminder.notified) {
    const auto second = overdue_step(latest, day_of(*notified), rules);
    if (!second || today > later_by(*second, rules.told_within)) return std::nullopt;
    return ReminderStep::overdue;
  }
  // Nothing was said yet: what has been late for long is not dug up.
  if (today > later_by(*latest, rules.told_within)) return std::nullopt;
  const bool overdue = rules.overdue_after != days{0} && today >= later_by(*latest, rules.overdue_after);
  return overdue ? ReminderStep::overdue : ReminderStep::due;
}

std::string step_text(const store::MaintenanceReminder& reminder, ReminderStep step) {
  return store::due_text(reminder) + (step == ReminderStep::due ? "/due" : "/overdue");
}

bool was_told(const store::ScheduledReminder& scheduled, ReminderStep step) {
  const auto& told = scheduled.told;
  if (told == step_text(scheduled.reminder, ReminderStep::overdue)) return true;
  return step == ReminderStep::due && told == step_text(scheduled.reminder, ReminderStep::due);
}

}  // namespace egarage::producers::maintenance
