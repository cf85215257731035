#include "app/delivery_options.hpp"

namespace egarage::app {

delivery::ProcessQueueOptions delivery_options(const config::DeliverySettings& settings) {
  delivery::ProcessQueueOptions options;
  options.concurrency = settings.concurrency;
  options.max_connections = settings.max_connections;
  options.retry.max_attempts = settings.max_attempts;
  options.deadline = settings.deadline;
  for (const auto& [channel, policy] : settings.on_uncertain) options.on_uncertain[channel] = policy;
  return options;
}

}  // namespace egarage::app
