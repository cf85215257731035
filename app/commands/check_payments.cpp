#include "app/commands/producer_command.hpp"
#include "producers/payments.hpp"

namespace egarage::app {

namespace {

producers::ProducerReport check(const config::ProducerSettings& settings, store::Database& database,
                                const producers::ProducerRequest& request) {
  return producers::check_payments(database, {settings.payments.steps}, request);
}

}  // namespace

StepResult check_payments(Application& application, core::DryRun dry_run) {
  return produce(application, check, dry_run);
}

Action register_check_payments(CLI::App& command, Application& application) {
  return register_producer(command, application, check);
}

}  // namespace egarage::app
