#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/commands/step.hpp"
#include "app/failure.hpp"
#include "core/platform/process.hpp"

namespace egarage::app {

namespace {

struct StepRow {
  std::string_view command;
  Step* work;
};

/// In the order in which they run: first what the host knows, then what follows from it, so that it leaves in the same
/// run. What nobody waits for comes last.
constexpr std::array<StepRow, 7> steps{{
    {"sync", sync},
    {"check-subscriptions", check_subscriptions},
    {"schedule-maintenance", schedule_maintenance},
    {"check-payments", check_payments},
    {"check-inactive", check_inactive},
    {"process-queue", process_queue},
    {"purge", purge_daily},
}};

/// A step that cannot go on must not keep the others from their work: what it throws ends here.
StepResult attempt(const StepRow& step, Application& application, core::DryRun dry_run) {
  StepResult result;
  auto failure = failure_of([&] {
    result = step.work(application, dry_run);
    return result.code;
  });
  result.code = failure.code;
  if (!failure.error.empty()) {
    result.error = std::move(failure.error);
    result.hint = std::move(failure.hint);
    result.data = {{"error", result.error}};
  }
  if (!result.error.empty()) result.error = fmt::format("{}: {}", step.command, result.error);
  if (!result.text.empty() && dry_run == core::DryRun::yes)
    result.text = fmt::format("{}\n{}", step.command, result.text);
  return result;
}

core::ExitCode run_all(Application& application, core::DryRun dry_run) {
  // Without these no step could do anything; they are complained about once.
  application.configuration();
  application.open_store_read_only();
  core::platform::catch_stop_signals();

  auto worst = core::ExitCode::ok;
  nlohmann::ordered_json data = nlohmann::ordered_json::object();
  for (const auto& step : steps) {
    if (core::platform::stop_signal()) break;
    const auto result = attempt(step, application, dry_run);
    show_words(application, result, dry_run);
    data[std::string{step.command}] = result.data;
    worst = std::max(worst, result.code);  // the codes grow with the damage
  }
  if (application.options.output == Output::json) {
    std::cout << data.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  }
  return worst;
}

}  // namespace

Action register_run(CLI::App& command, Application& application) {
  auto dry_run = std::make_shared<core::DryRun>(core::DryRun::no);
  add_dry_run_option(command, *dry_run, "Say what each step would do; send and change nothing");
  return [dry_run, &application] { return run_all(application, *dry_run); };
}

}  // namespace egarage::app
