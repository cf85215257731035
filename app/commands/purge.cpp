#include "store/purge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/commands/step.hpp"
#include "channels/file/old_files.hpp"
#include "core/platform/process.hpp"
#include "producers/payments.hpp"
#include "report/wording.hpp"

namespace egarage::app {

namespace {

using std::chrono::days;

days longest(const std::vector<days>& steps) { return steps.empty() ? days{0} : *std::ranges::max_element(steps); }

/// A producer knows by a notification's key that it was made. As far back as the longest ladder looks, the keys must be
/// there, or it would be made again.
days shortest_retention(const config::ProducerSettings& producers) {
  constexpr days other_ladders{90};  // appointments, months of inspections; reminders remember by themselves
  const auto& notices = producers.subscriptions;
  const auto subscriptions = longest(notices.before) + longest(notices.after) + notices.first_notice_within;
  const auto payments = longest(producers.payments.steps) + producers::last_step_within;
  return std::max({other_ladders, subscriptions, payments, producers.inactive.first_notice_within + days{31}});
}

days checked(days finished, const config::Configuration& configuration, core::ExitCode code, std::string_view what) {
  const auto least = shortest_retention(configuration.producers);
  if (finished >= least) return finished;
  throw core::Error(
      code, fmt::format("{} is {} days, too short for what producers look back at", what, finished.count()),
      fmt::format("Keep what is finished for {} days or more: younger notices would be made again.", least.count()));
}

StepResult in_words(const store::Purged& purged, std::size_t files, core::DryRun dry_run) {
  using report::counted;
  StepResult result;
  result.text = fmt::format(
      "{}{}, {}, {}, {}, {}\n", dry_run == core::DryRun::yes ? "To be forgotten: " : "Forgotten: ",
      counted(purged.notifications, "notification", "notifications"), counted(purged.audit, "audit row", "audit rows"),
      counted(purged.counters, "hourly counter", "hourly counters"), counted(purged.runs, "run", "runs"),
      counted(files, "file of the outbox", "files of the outbox"));
  result.data = {{"notifications", purged.notifications},
                 {"audit", purged.audit},
                 {"counters", purged.counters},
                 {"runs", purged.runs},
                 {"files", files}};
  return result;
}

StepResult purge(Application& application, core::DryRun dry_run, days finished) {
  const auto& configuration = application.configuration();
  auto database = dry_run == core::DryRun::yes ? application.open_store_read_only() : application.open_store();
  const auto now = application.now();
  const store::PurgeOrder order{now - finished, now - std::max(finished, configuration.retention.audit), dry_run};
  const auto stop = [] { return core::platform::stop_signal().has_value(); };
  const auto purged = store::purge(database, order, now, stop);
  const auto files = channels::file::remove_old_files(configuration.outbox, finished, dry_run);
  if (dry_run == core::DryRun::no && !stop()) store::note_purge(database, now);
  return in_words(purged, files, dry_run);
}

days configured(Application& application) {
  const auto& configuration = application.configuration();
  return checked(configuration.retention.finished, configuration, core::ExitCode::configuration,
                 "[retention] finished");
}

}  // namespace

/// On the first run of each day (UTC), whatever the hour: a day that was missed is made up for by the next run.
StepResult purge_daily(Application& application, core::DryRun dry_run) {
  {
    auto database = application.open_store_read_only();
    const auto last = store::last_purge(database);
    const auto day = [](core::Instant instant) { return std::chrono::floor<days>(instant); };
    if (last && day(*last) == day(application.now())) return skipped("done today already");
  }
  return purge(application, dry_run, configured(application));
}

Action register_purge(CLI::App& command, Application& application) {
  auto older_than = std::make_shared<std::chrono::seconds>(0);
  auto dry_run = std::make_shared<core::DryRun>(core::DryRun::no);
  add_duration_option(command, "--older-than", *older_than, "Instead of [retention] finished, in whole days: 120d");
  add_at_option(command, application);
  add_dry_run_option(command, *dry_run, "Say how much would go; change nothing");
  return [older_than, dry_run, &application] {
    core::platform::catch_stop_signals();
    const bool said = older_than->count() > 0;
    const auto finished = said ? checked(std::chrono::floor<days>(*older_than), application.configuration(),
                                         core::ExitCode::usage, "--older-than")
                               : configured(application);
    return show(application, purge(application, *dry_run, finished), *dry_run);
  };
}

}  // namespace egarage::app
