#include "producers/maintenance/planner.hpp"

#include <fmt/format.h>

#include <utility>

#include "producers/maintenance/vehicle_records.hpp"
#include "store/companies_with_work.hpp"
#include "store/maintenance_planning.hpp"

namespace egarage::producers::maintenance {

namespace {

constexpr std::size_t vehicles_per_commit = 200;
constexpr std::size_t portion = 1'000;
/// What a company writes at its next opening may be for a later day than today.
constexpr std::chrono::days longest_closing{14};

/// Everything beside the vehicles themselves that decides what is planned; the number changes with the rules' code.
std::string rules_text(const ReminderRules& rules, std::string_view country) {
  return fmt::format("1 {} {} d {} km {} d", country, rules.thresholds.before.count(),
                     rules.thresholds.distance_before.rounded(DistanceUnit::km), rules.overdue_after.count());
}

}  // namespace

/// One company's vehicles, as they are planned one by one.
class Planner::CompanyPlan {
 public:
  CompanyPlan(Planner& planner, const store::StoredCompany& company, core::Date today)
      : planner_(planner),
        company_(company),
        today_(today),
        records_(planner.database_, company.id, company.company.country) {}

  void plan(std::string_view key) const {
    store::Vehicles vehicles{planner_.database_};
    auto vehicle = vehicles.find(company_.id, key);
    if (!vehicle) return;
    const auto record = records_.read(*std::move(vehicle), today_);
    const auto changes = plan_vehicle(record, planner_.rules_, today_);
    report(record, changes);
    if (planner_.request_.dry_run == core::DryRun::yes) return remember(record, changes);
    store::MaintenanceReminders reminders{planner_.database_};
    for (const auto& [reminder, schedule, told] : changes) {
      reminders.upsert(company_.id, reminder, planner_.request_.now);
      reminders.set_schedule(company_.id, reminder.key, schedule);
    }
    if (!waits_for_a_day(record, today_)) vehicles.note_planned(company_.id, key);
  }

 private:
  void report(const VehicleRecord& record, const std::vector<store::ScheduledReminder>& changes) const {
    using store::ReminderState;
    auto& sums = planner_.report_;
    ++sums.vehicles;
    for (const auto& change : changes) {
      const auto state = change.reminder.state;
      ++(state == ReminderState::done ? sums.done : state == ReminderState::cancelled ? sums.withdrawn : sums.planned);
    }
    for (const auto& rejected : record.mileage.history.rejected) {
      sums.rejected.push_back({company_.company.slug, record.vehicle.key, describe(rejected)});
    }
  }

  void remember(const VehicleRecord& record, const std::vector<store::ScheduledReminder>& changes) const {
    auto& planned = planner_.planned_only_[company_.id];
    planned.vehicles.insert(record.vehicle.key);
    const core::Date soon = std::chrono::sys_days{today_} + longest_closing;
    auto all = record.reminders;
    for (const auto& change : changes) {
      std::erase_if(all, [&](const auto& one) { return one.reminder.key == change.reminder.key; });
      all.push_back(change);
    }
    for (auto& one : all) {
      if (one.schedule.next_step && *one.schedule.next_step <= soon) planned.reminders.push_back(std::move(one));
    }
  }

  Planner& planner_;
  const store::StoredCompany& company_;
  core::Date today_;
  VehicleRecords records_;
};

Planner::Planner(store::Database& database, const ReminderRules& rules, const ProducerRequest& request,
                 MaintenanceReport& report)
    : database_(database),
      rules_(rules),
      request_(request),
      report_(report),
      planned_under_(store::planning_rules(database)),
      changed_(store::with_vehicles_to_plan(database)) {}

Planner::~Planner() = default;

void Planner::plan(const store::StoredCompany& company, core::Date today) {
  const auto rules = rules_text(rules_, company.company.country);
  const auto before = planned_under_.find(company.id);
  const bool all = before == planned_under_.end() || before->second != rules;
  if (!all && !changed_.contains(company.id)) return;
  const store::Vehicles vehicles{database_};
  const auto next = [&](const std::string& after) {
    return all ? vehicles.list(company.id, after, portion) : vehicles.to_replan(company.id, after, portion);
  };
  auto some = next({});
  if (some.empty()) return;
  if (all && request_.dry_run == core::DryRun::no) {
    add([this, id = company.id, rules] { store::plan_all_under(database_, id, rules); });
  }
  const auto plan = std::make_shared<CompanyPlan>(*this, company, today);
  for (;;) {
    for (const auto& vehicle : some) add([plan, key = vehicle.key] { plan->plan(key); });
    if (some.size() < portion) return;
    some = next(some.back().key);
  }
}

std::map<store::CompanyId, PlannedOnly> Planner::finish() {
  carry_out();
  return std::exchange(planned_only_, {});
}

void Planner::add(std::function<void()> work) {
  waiting_.push_back(std::move(work));
  if (waiting_.size() >= vehicles_per_commit) carry_out();
}

void Planner::carry_out() {
  const auto work = std::exchange(waiting_, {});
  if (work.empty()) return;
  const auto all = [&] {
    for (const auto& one : work) one();
  };
  request_.dry_run == core::DryRun::yes ? database_.snapshot(all) : database_.transaction(all);
}

}  // namespace egarage::producers::maintenance
