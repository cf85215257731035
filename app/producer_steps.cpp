#include "app/producer_steps.hpp"

#include "producers/subscriptions.hpp"

namespace egarage::app {

std::vector<report::Producer> all_producers(const config::ProducerSettings& settings) {
  producers::LadderRules subscriptions{settings.subscriptions.after, settings.subscriptions.first_notice_within};
  for (const auto step : settings.subscriptions.before) subscriptions.steps.push_back(-step);
  return {[subscriptions](store::Database& database, const producers::ProducerRequest& request) {
    return producers::check_subscriptions(database, subscriptions, request);
  }};
}

}  // namespace egarage::app
