#include "app/commands/producer_command.hpp"
#include "producers/subscriptions.hpp"

namespace egarage::app {

namespace {

producers::LadderRules ladder_of(const config::SubscriptionNotices& notices) {
  producers::LadderRules rules{notices.after, notices.first_notice_within};
  for (const auto step : notices.before) rules.steps.push_back(-step);
  return rules;
}

}  // namespace

producers::ProducerReport find_subscription_notices(const config::ProducerSettings& settings, store::Database& database,
                                                    const producers::ProducerRequest& request) {
  return producers::check_subscriptions(database, ladder_of(settings.subscriptions), request);
}

StepResult check_subscriptions(Application& application, core::DryRun dry_run) {
  return produce(application, in_common_words(find_subscription_notices), dry_run);
}

Action register_check_subscriptions(CLI::App& command, Application& application) {
  return register_producer(command, application, in_common_words(find_subscription_notices));
}

}  // namespace egarage::app
