#include <fmt/format.h>

#include <iterator>

#include "app/commands/producer_command.hpp"
#include "app/terminal/producer_words.hpp"
#include "producers/inspections.hpp"
#include "producers/maintenance.hpp"
#include "report/wording.hpp"

namespace egarage::app {

namespace {

using producers::MaintenanceReport;

producers::InspectionRules rules_of(const config::InspectionNotices& notices) {
  using producers::Statutory;
  return {notices.before, notices.hour, notices.statutory ? Statutory::told : Statutory::not_told,
          notices.statutory_days_before};
}

/// Both kinds of notices in one report.
producers::ProducerReport joined(producers::ProducerReport report, const producers::ProducerReport& more) {
  const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(report.created, more.created);
  append(report.cancelled, more.cancelled);
  append(report.skipped, more.skipped);
  append(report.failed, more.failed);
  return report;
}

/// What was planned, and what was not believed of it.
std::string planning_words(const MaintenanceReport& report) {
  if (report.vehicles == 0) return {};
  const auto number = [](std::size_t count) { return report::with_thousands(static_cast<std::int64_t>(count)); };
  auto text = fmt::format("{} vehicle{} planned anew: {} reminders made or moved, {} done, {} withdrawn\n",
                          number(report.vehicles), report.vehicles == 1 ? "" : "s", number(report.planned),
                          number(report.done), number(report.withdrawn));
  for (const auto& one : report.rejected) {
    fmt::format_to(std::back_inserter(text), "{}: vehicle {}: {}\n", one.company, one.vehicle, one.sentence);
  }
  return text;
}

nlohmann::json planning_data(const MaintenanceReport& report) {
  auto rejected = nlohmann::json::array();
  for (const auto& one : report.rejected) {
    rejected.push_back({{"company", one.company}, {"vehicle", one.vehicle}, {"reason", one.sentence}});
  }
  return {{"vehicles", report.vehicles},
          {"planned", report.planned},
          {"done", report.done},
          {"withdrawn", report.withdrawn},
          {"rejected_readings", std::move(rejected)}};
}

/// Inspections first: planning forgets which vehicles have changed.
MaintenanceReport find_all(const config::ProducerSettings& settings, store::Database& database,
                           const producers::ProducerRequest& request) {
  auto inspections = producers::announce_inspections(database, rules_of(settings.inspections), request);
  auto report = producers::remind_of_maintenance(database, reminder_rules(settings.maintenance), request);
  report.notices = joined(std::move(inspections), report.notices);
  return report;
}

StepResult schedule(const config::ProducerSettings& settings, store::Database& database,
                    const producers::ProducerRequest& request) {
  const auto report = find_all(settings, database, request);
  auto result = in_words(report.notices, request.dry_run);
  result.data["planning"] = planning_data(report);
  result.text = planning_words(report) + result.text;
  return result;
}

}  // namespace

producers::maintenance::ReminderRules reminder_rules(const config::MaintenanceNotices& notices) {
  return {{notices.days_before, producers::maintenance::Distance::km(notices.km_before)},
          notices.overdue_after,
          notices.told_within};
}

producers::ProducerReport find_maintenance_notices(const config::ProducerSettings& settings, store::Database& database,
                                                   const producers::ProducerRequest& request) {
  return find_all(settings, database, request).notices;
}

StepResult schedule_maintenance(Application& application, core::DryRun dry_run) {
  return produce(application, schedule, dry_run);
}

Action register_schedule_maintenance(CLI::App& command, Application& application) {
  return register_producer(command, application, schedule);
}

}  // namespace egarage::app
