#include "app/producer_steps.hpp"

#include "app/commands/producer_command.hpp"

namespace egarage::app {

std::vector<report::Producer> all_producers(const config::ProducerSettings& settings) {
  std::vector<report::Producer> result;
  for (auto* const producer :
       {find_subscription_notices, find_maintenance_notices, find_payment_notices, find_invitations}) {
    result.emplace_back([producer, settings](store::Database& database, const producers::ProducerRequest& request) {
      return producer(settings, database, request);
    });
  }
  return result;
}

}  // namespace egarage::app
