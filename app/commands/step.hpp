#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/application.hpp"
#include "core/dry_run.hpp"
#include "core/error.hpp"

namespace egarage::app {

/// What a command has done that cron may run, alone or as a step of `run`.
struct StepResult {
  core::ExitCode code = core::ExitCode::ok;
  nlohmann::json data;      ///< an object
  std::string text;         ///< lines for people
  std::string error, hint;  ///< what went wrong and what to do; set when `code` is not ok
};

/// There was nothing to do, and why: only the data says so.
StepResult skipped(std::string_view reason);

/// Prints a result: as JSON when that is asked for; its text where somebody reads it – a terminal, a dry run,
/// `--verbose`: under cron silence means that all is well; what went wrong always, to stderr. Gives its exit code.
core::ExitCode show(const Application& application, const StepResult& result, core::DryRun dry_run);
/// Prints all but the data.
void show_words(const Application& application, const StepResult& result, core::DryRun dry_run);

/// The work of a command with its standard options. Throws core::Error when it cannot go on.
using Step = StepResult(Application& application, core::DryRun dry_run);
Step sync;                 // sync.cpp
Step check_subscriptions;  // check_subscriptions.cpp
Step check_payments;       // check_payments.cpp
Step check_inactive;       // check_inactive.cpp
Step process_queue;        // process_queue.cpp
Step purge_daily;          // purge.cpp

Step schedule_maintenance;  // schedule_maintenance.cpp

}  // namespace egarage::app
