#include "producers/maintenance/vehicle_planning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace egarage::producers::maintenance {

namespace {

using core::MaintenanceType;
using store::ReminderSource;
using store::ReminderState;
using store::ScheduledReminder;

bool is_open(ReminderState state) {
  return state == ReminderState::planned || state == ReminderState::notified || state == ReminderState::overdue;
}

/// What the plan counts from.
std::optional<Service> base_of(const VehicleRecord& record, MaintenanceType type, core::Date today) {
  if (const auto* last = record.last_service(type, today)) {
    Service service{last->date, {}};
    if (last->odometer) service.odometer = Distance::of(*last->odometer, unit_of(record.vehicle));
    return service;
  }
  if (!record.first_seen || *record.first_seen > today) return std::nullopt;
  return Service{*record.first_seen, {}};
}

class Planning {
 public:
  Planning(const VehicleRecord& record, const ReminderRules& rules, core::Date today)
      : record_(record), rules_(rules), today_(today), reminders_(record.reminders) {}

  std::vector<ScheduledReminder> result() {
    if (record_.vehicle.sold) {
      for (auto& one : reminders_) {
        if (is_open(one.reminder.state)) withdraw(one);
      }
    } else {
      for (auto& one : reminders_) close_if_done(one);
      for (const auto& plan : record_.plans) keep_up(plan);
      withdraw_orphans();
      for (auto& one : reminders_) schedule(one);
    }
    return changed();
  }

 private:
  /// Cancelled by us: `counted_from` is absent, so that it may open again.
  static void withdraw(ScheduledReminder& one) {
    one.reminder.state = ReminderState::cancelled;
    one.schedule = {};
  }

  DueThresholds thresholds(const store::MaintenanceReminder& reminder) const {
    return thresholds_of(reminder, record_.vehicle, record_.plan_of(reminder.type), rules_);
  }

  store::ReminderSchedule schedule_as_planned(const store::MaintenanceReminder& reminder) const {
    auto planned = reminder;
    planned.state = ReminderState::planned;
    return schedule_of(planned, unit_of(record_.vehicle), record_.mileage, thresholds(reminder), rules_, today_);
  }

  void close_if_done(ScheduledReminder& one) const {
    if (!is_open(one.reminder.state)) return;
    if (!one.schedule.counted_from) one.schedule.counted_from = today_;
    const auto announced = schedule_as_planned(one.reminder).next_step;
    for (const auto& service : record_.services) {
      if (service.type != one.reminder.type || service.date > today_) continue;
      const bool early = one.reminder.source == ReminderSource::import && announced && service.date >= *announced;
      if (service.date <= *one.schedule.counted_from && !early) continue;
      one.reminder.state = ReminderState::done;
      one.reminder.closed_by = service.document;
      return;
    }
  }

  bool stands_in(const store::MaintenancePlan& plan) const {
    return plan.type != MaintenanceType::personalizado &&
           std::ranges::any_of(reminders_, [&](const ScheduledReminder& one) {
             return one.reminder.type == plan.type && one.reminder.source == ReminderSource::import &&
                    is_open(one.reminder.state);
           });
  }

  void keep_up(const store::MaintenancePlan& plan) {
    const auto base = base_of(record_, plan.type, today_);
    if (!base || stands_in(plan)) return;
    const auto target = plan_target(record_, plan, today_);
    const auto key = plan_key(record_.vehicle, plan.type, base->date);
    auto found = std::ranges::find(reminders_, key, [](const auto& one) { return one.reminder.key; });
    if (!target.date && !target.odometer) return;
    kept_.push_back(key);
    if (found == reminders_.end()) {
      ScheduledReminder made;
      made.reminder.key = key;
      made.reminder.vehicle = record_.vehicle.key;
      made.reminder.type = plan.type;
      made.reminder.source = ReminderSource::plan;
      reminders_.push_back(std::move(made));
      found = reminders_.end() - 1;
    } else if (found->reminder.state == ReminderState::cancelled && !found->schedule.counted_from) {
      found->reminder.state = ReminderState::planned;
      found->reminder.notified.reset();
    } else if (!is_open(found->reminder.state)) {
      return;
    }
    found->schedule.counted_from = base->date;
    move(found->reminder, target);
  }

  /// A target that was written about stays as it was written, unless it has moved out of sight.
  void move(store::MaintenanceReminder& reminder, const ServiceTarget& target) const {
    auto moved = reminder;
    moved.due = target.date;
    moved.due_odometer.reset();
    if (target.odometer) moved.due_odometer = target.odometer->rounded(unit_of(record_.vehicle));
    if (reminder.state != ReminderState::planned) {
      const auto announced = schedule_as_planned(moved).next_step;
      if (!announced || *announced <= today_) return;
    }
    reminder = std::move(moved);
  }

  void withdraw_orphans() {
    for (auto& one : reminders_) {
      if (one.reminder.source != ReminderSource::plan || !is_open(one.reminder.state)) continue;
      if (std::ranges::find(kept_, one.reminder.key) == kept_.end()) withdraw(one);
    }
  }

  void schedule(ScheduledReminder& one) const {
    const auto counted_from = one.schedule.counted_from;
    auto& reminder = one.reminder;
    one.schedule = {};
    if (is_open(reminder.state)) {
      if (reminder.state != ReminderState::planned) {
        const auto announced = schedule_as_planned(reminder).next_step;
        if (announced && *announced > today_) {
          reminder.state = ReminderState::planned;
          reminder.notified.reset();
        }
      }
      one.schedule =
          schedule_of(reminder, unit_of(record_.vehicle), record_.mileage, thresholds(reminder), rules_, today_);
    }
    one.schedule.counted_from = counted_from;
  }

  std::vector<ScheduledReminder> changed() {
    std::vector<ScheduledReminder> result;
    for (std::size_t i = 0; i < reminders_.size(); ++i) {
      const bool is_new = i >= record_.reminders.size();
      if (is_new || reminders_[i].reminder != record_.reminders[i].reminder ||
          reminders_[i].schedule != record_.reminders[i].schedule) {
        result.push_back(std::move(reminders_[i]));
      }
    }
    return result;
  }

  const VehicleRecord& record_;
  const ReminderRules& rules_;
  core::Date today_;
  std::vector<ScheduledReminder> reminders_;
  std::vector<std::string> kept_;  ///< keys of the plans' present reminders
};

}  // namespace

const store::MaintenancePlan* VehicleRecord::plan_of(MaintenanceType type) const {
  const auto found = std::ranges::find(plans, type, &store::MaintenancePlan::type);
  return found == plans.end() ? nullptr : &*found;
}

const store::ServiceDone* VehicleRecord::last_service(MaintenanceType type, core::Date day) const {
  const store::ServiceDone* last = nullptr;
  for (const auto& service : services) {
    if (service.type == type && service.date <= day) last = &service;
  }
  return last;
}

std::string plan_key(const store::Vehicle& vehicle, MaintenanceType type, core::Date counted_from) {
  return fmt::format("plan/{}/{}/{}", vehicle.key, core::name_of(core::maintenance_type_names, type),
                     core::format_date(counted_from));
}

ServiceTarget plan_target(const VehicleRecord& record, const store::MaintenancePlan& plan, core::Date today) {
  const auto base = base_of(record, plan.type, today);
  if (!base) return {};
  ServicePlan service_plan;
  if (plan.months) service_plan.interval.months = std::chrono::months{*plan.months};
  if (plan.distance) {
    service_plan.interval.distance =
        Distance::of(plan.distance->length, static_cast<DistanceUnit>(plan.distance->unit));
  }
  service_plan.anchoring = plan.mode == store::PlanMode::fixed ? Anchoring::fixed : Anchoring::floating;
  service_plan.start = *base;
  if (plan.mode == store::PlanMode::fixed) {
    service_plan.start = Service{record.first_seen.value_or(base->date), {}};
    if (service_plan.start.date > base->date) service_plan.start = *base;
  }
  const auto* last = record.last_service(plan.type, today);
  auto target = next_target(service_plan, last ? base : std::nullopt, record.mileage);
  const auto none_or_below_zero = [](const Distance& distance) { return distance <= Distance{}; };
  if (target.odometer && none_or_below_zero(*target.odometer)) target.odometer.reset();
  return target;
}

std::vector<store::ScheduledReminder> plan_vehicle(const VehicleRecord& record, const ReminderRules& rules,
                                                   core::Date today) {
  return Planning{record, rules, today}.result();
}

}  // namespace egarage::producers::maintenance
