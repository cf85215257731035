#include "app/doctor/installation_checks.hpp"

#include <fmt/format.h>

#include "app/schedule.hpp"
#include "core/error.hpp"
#include "core/time_zone.hpp"
#include "host/reader.hpp"
#include "report/wording.hpp"
#include "store/health.hpp"

namespace egarage::app {

namespace {

/// cron's fifteen minutes, and one run that took its ten.
constexpr std::chrono::minutes longest_pause{30};

void check_schedule(Application& application, store::Database& database, Findings& findings) {
  const auto last = store::last_run(database, "process-queue");
  const auto schedule = schedule_of(application.program, application.options.config_file, application.options.store);
  const auto advice = fmt::format("Put this line into the crontab: {}", schedule.crontab);
  if (!last) {
    findings.push_back({"schedule", "process-queue", Health::warning, "it has never run", advice});
    return;
  }
  const auto ago = application.now() - *last;
  const auto detail = fmt::format("last run {} ago", core::format_duration(std::max(ago, std::chrono::seconds{0})));
  if (ago > longest_pause) {
    findings.push_back({"schedule", "process-queue", Health::warning, detail, advice});
  } else {
    findings.push_back({"schedule", "process-queue", Health::ok, detail, ""});
  }
}

void check_clock(Application& application, store::Database& database, Findings& findings) {
  constexpr std::chrono::minutes tolerated{2};
  const auto newest = store::newest_change(database);
  if (newest && *newest > application.now() + tolerated) {
    findings.push_back({"clock", "system time", Health::failed,
                        fmt::format("the store was changed at {}, which is yet to come", core::format_instant(*newest)),
                        "Set the clock (timedatectl set-ntp true), then run this again."});
    return;
  }
  findings.push_back({"clock", "system time", Health::ok, core::format_instant(application.now()), ""});
}

void check_time_zones(const store::Directory& directory, Findings& findings) {
  for (const auto& [id, company] : directory.companies()) {
    if (core::TimeZone::locate(company.time_zone)) continue;
    findings.push_back({company.slug, "time zone", Health::failed,
                        fmt::format("{} is unknown on this system", company.time_zone),
                        "Install the package tzdata, or correct zona_horaria and run setup."});
  }
}

/// Only where one is configured.
void check_host(Application& application, Findings& findings) {
  const auto& path = application.configuration().host.database;
  if (path.empty()) return;
  try {
    host::Database database(path);
    const auto companies = host::Reader(database).companies().size();
    findings.push_back({"host", "readable, as it should be", Health::ok,
                        report::counted(companies, "company", "companies") + " in " + path.string(), ""});
  } catch (const core::Error& error) {
    findings.push_back({"host", "readable, as it should be", Health::failed, error.what(), error.hint()});
  }
}

}  // namespace

void check_installation(Application& application, Findings& findings) {
  try {
    auto database = application.open_store();
    store::check_integrity(database);
    database.transaction([] {});  // BEGIN IMMEDIATE needs the right and the place to write
    findings.push_back({"store", "readable, writable, undamaged", Health::ok, database.path().string(), ""});
    check_schedule(application, database, findings);
    check_clock(application, database, findings);
    check_time_zones(store::Directory{database}, findings);
  } catch (const core::Error& error) {
    findings.push_back({"store", "readable, writable, undamaged", Health::failed, error.what(), error.hint()});
  }
  check_host(application, findings);
}

}  // namespace egarage::app
