#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/commands/commands.hpp"
#include "app/commands/step.hpp"
#include "config/configuration.hpp"
#include "producers/producer.hpp"
#include "store/database.hpp"

namespace egarage::app {

/// A producer with its rules taken from the configuration.
using Producer = producers::ProducerReport(const config::ProducerSettings& settings, store::Database& database,
                                           const producers::ProducerRequest& request);

Producer find_subscription_notices;  // check_subscriptions.cpp
Producer find_payment_notices;       // check_payments.cpp
Producer find_invitations;           // check_inactive.cpp

/// Runs it for all companies. A dry run opens the store without the right to change it.
StepResult produce(Application& application, Producer* producer, core::DryRun dry_run);

/// The command of a producer: `--company`, `--at`, `--dry-run`.
Action register_producer(CLI::App& command, Application& application, Producer* producer);

}  // namespace egarage::app
