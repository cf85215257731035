#include "app/commands/producer_command.hpp"
#include "producers/payments.hpp"

namespace egarage::app {

producers::ProducerReport find_payment_notices(const config::ProducerSettings& settings, store::Database& database,
                                               const producers::ProducerRequest& request) {
  return producers::check_payments(database, {settings.payments.steps}, request);
}

StepResult check_payments(Application& application, core::DryRun dry_run) {
  return produce(application, in_common_words(find_payment_notices), dry_run);
}

Action register_check_payments(CLI::App& command, Application& application) {
  return register_producer(command, application, in_common_words(find_payment_notices));
}

}  // namespace egarage::app
