#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/event_log.hpp"
#include "core/instant.hpp"
#include "delivery/process_queue.hpp"
#include "producers/producer.hpp"
#include "store/database.hpp"
#include "store/watch.hpp"

namespace egarage::report {

/// A producer as `run` calls it.
using Producer = std::function<producers::ProducerReport(store::Database&, const producers::ProducerRequest&)>;

struct ForecastOrder {
  core::Instant from, until;
  std::vector<Producer> producers;
  delivery::ProcessQueueOptions delivery;  ///< `only` narrows producers and delivery to a company
  /// How often cron runs, and after how many of its runs producers are asked: what they find depends on the day, seldom
  /// on the minute, and asking costs as much as a real run.
  std::chrono::minutes every{15};
  int runs_per_search = 4;
};

struct Forecast {
  std::vector<store::Watched> messages;  ///< by time: what went out or ended otherwise, then what still waits
  std::map<std::string, std::size_t> skipped, failed;  ///< `company: reason` of messages that could not be made
};

/// What would go out from `from` to `until` if cron ran as it does and every provider took every message: the producers
/// and the delivery of production, one run after the other, on `copy` (store::Database::scratch_copy), which is used
/// up. Says nothing of events that the host has yet to bring.
Forecast foresee(store::Database& copy, const ForecastOrder& order, core::EventLog& log);

}  // namespace egarage::report
