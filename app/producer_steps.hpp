#pragma once

#include <vector>

#include "config/configuration.hpp"
#include "report/forecast.hpp"

namespace egarage::app {

/// Everything that finds out by itself who is to be told what, as configured, in the order in which `run` asks.
std::vector<report::Producer> all_producers(const config::ProducerSettings& settings);

}  // namespace egarage::app
