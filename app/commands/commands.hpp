#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string_view>

#include "app/application.hpp"
#include "core/error.hpp"

namespace egarage::app {

/// What a chosen command does once the whole command line is understood. It throws core::Error when it cannot go on.
/// (main turns a stop signal that arrived meanwhile into 128 + its number.)
using Action = std::function<core::ExitCode()>;

/// Adds the options of one command to `command`, which main made from the table's row, and returns its action. Option
/// values live in a std::shared_ptr that the action captures; `application` outlives both.
using Registration = Action(CLI::App& command, Application& application);

Registration register_setup;                // setup.cpp
Registration register_enqueue;              // enqueue.cpp
Registration register_import;               // import.cpp
Registration register_export;               // export.cpp
Registration register_sync;                 // sync.cpp
Registration register_check_subscriptions;  // check_subscriptions.cpp
Registration register_check_payments;       // check_payments.cpp
Registration register_check_inactive;       // check_inactive.cpp
Registration register_process_queue;        // process_queue.cpp
Registration register_run;                  // run.cpp
Registration register_forecast;             // forecast.cpp
Registration register_doctor;               // doctor.cpp
Registration register_receipts;             // receipts.cpp
Registration register_inbound;              // inbound.cpp
Registration register_requeue;              // requeue.cpp
Registration register_suppress;             // suppress.cpp
Registration register_silence;              // silence.cpp
Registration register_purge;                // purge.cpp
Registration register_stats;                // stats.cpp
Registration register_explain;              // explain.cpp

Registration register_schedule_maintenance;  // schedule_maintenance.cpp

/// One row per command: help, the list of commands and "did you mean" read this table. A command has an action, or
/// commands of its own.
struct CommandRow {
  std::string_view name;
  std::string_view group;     ///< heading in the help
  std::string_view summary;   ///< one line, no full stop
  std::string_view examples;  ///< lines shown below the command's own help
  Registration* add;
  std::span<const CommandRow> (*commands)() = nullptr;
};
std::span<const CommandRow> all_commands();
std::span<const CommandRow> template_commands();  // template/commands.cpp

}  // namespace egarage::app
