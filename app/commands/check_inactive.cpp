#include "app/commands/producer_command.hpp"
#include "producers/inactivity.hpp"

namespace egarage::app {

producers::ProducerReport find_invitations(const config::ProducerSettings& settings, store::Database& database,
                                           const producers::ProducerRequest& request) {
  const auto& [months, max_notices, first_notice_within] = settings.inactive;
  return producers::check_inactive(database, {months, max_notices, first_notice_within}, request);
}

StepResult check_inactive(Application& application, core::DryRun dry_run) {
  return produce(application, in_common_words(find_invitations), dry_run);
}

Action register_check_inactive(CLI::App& command, Application& application) {
  return register_producer(command, application, in_common_words(find_invitations));
}

}  // namespace egarage::app
