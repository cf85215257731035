#pragma once

#include "config/configuration.hpp"
#include "delivery/process_queue.hpp"

namespace egarage::app {

/// How a run delivers, as the configuration has it.
delivery::ProcessQueueOptions delivery_options(const config::DeliverySettings& settings);

}  // namespace egarage::app
