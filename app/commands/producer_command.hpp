#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "app/commands/commands.hpp"
#include "app/commands/step.hpp"
#include "config/configuration.hpp"
#include "producers/maintenance/reminder_steps.hpp"
#include "producers/producer.hpp"
#include "store/database.hpp"

namespace egarage::app {

/// A producer with its rules taken from the configuration.
using Producer = producers::ProducerReport(const config::ProducerSettings& settings, store::Database& database,
                                           const producers::ProducerRequest& request);
Producer find_subscription_notices;  // check_subscriptions.cpp
Producer find_maintenance_notices;   // schedule_maintenance.cpp
Producer find_payment_notices;       // check_payments.cpp
Producer find_invitations;           // check_inactive.cpp

/// What schedule-maintenance goes by. (schedule_maintenance.cpp)
producers::maintenance::ReminderRules reminder_rules(const config::MaintenanceNotices& notices);

/// A producer whose report is in words already.
using ProducerStep = std::function<StepResult(const config::ProducerSettings& settings, store::Database& database,
                                              const producers::ProducerRequest& request)>;
/// With the words that all producers have in common.
ProducerStep in_common_words(Producer* producer);

/// Runs it for all companies. A dry run opens the store without the right to change it.
StepResult produce(Application& application, const ProducerStep& producer, core::DryRun dry_run);

/// The command of a producer: `--company`, `--at`, `--dry-run`.
Action register_producer(CLI::App& command, Application& application, ProducerStep producer);

}  // namespace egarage::app
