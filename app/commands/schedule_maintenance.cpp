#include <fmt/format.h>

#include <iterator>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/commands/step.hpp"
#include "app/terminal/producer_words.hpp"
#include "producers/inspections.hpp"
#include "producers/maintenance.hpp"
#include "report/wording.hpp"

namespace egarage::app {

namespace {

using producers::MaintenanceReport;

producers::maintenance::ReminderRules rules_of(const config::MaintenanceNotices& notices) {
  return {{notices.days_before, producers::maintenance::Distance::km(notices.km_before)},
          notices.overdue_after,
          notices.told_within};
}

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

StepResult schedule(Application& application, core::DryRun dry_run, const std::string& company) {
  const auto& settings = application.configuration().producers;
  const auto maintenance_rules = rules_of(settings.maintenance);
  const auto inspection_rules = rules_of(settings.inspections);
  auto database = dry_run == core::DryRun::yes ? application.open_store_read_only() : application.open_store();
  producers::ProducerRequest request{.now = application.now(), .dry_run = dry_run};
  if (!company.empty()) request.only = company_or_error(store::Directory{database}, company).id;
  // Inspections first: planning forgets which vehicles have changed.
  auto inspections = producers::announce_inspections(database, inspection_rules, request);
  const auto report = producers::remind_of_maintenance(database, maintenance_rules, request);
  auto result = in_words(joined(std::move(inspections), report.notices), dry_run);
  result.data["planning"] = planning_data(report);
  result.text = planning_words(report) + result.text;
  return result;
}

}  // namespace

StepResult schedule_maintenance(Application& application, core::DryRun dry_run) {
  return schedule(application, dry_run, {});
}

Action register_schedule_maintenance(CLI::App& command, Application& application) {
  auto company = std::make_shared<std::string>();
  auto dry_run = std::make_shared<core::DryRun>(core::DryRun::no);
  add_company_option(command, *company, "Only this company");
  add_at_option(command, application);
  add_dry_run_option(command, *dry_run, "Say what would be created and cancelled; change nothing");
  return [company, dry_run, &application] {
    return show(application, schedule(application, *dry_run, *company), *dry_run);
  };
}

}  // namespace egarage::app
