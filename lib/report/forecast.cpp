#include "report/forecast.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/accepting_sender.hpp"
#include "store/queue.hpp"

namespace egarage::report {
namespace {

/// Every look at the clock takes this long, so that paces and pauses pass without anybody waiting for them.
constexpr std::chrono::milliseconds tick{5};

void deliver(store::Database& copy, const ForecastOrder& order, core::Instant at, core::EventLog& log) {
  channels::SteadyTime steady{};
  const delivery::Surroundings surroundings{
      [&] { return at + std::chrono::floor<std::chrono::seconds>(steady.time_since_epoch()); },
      [&] { return steady += tick; },
      [] { return 0.5; },
      [] { return false; },
      [](channels::Network&,
         const delivery::SenderRequest& request) -> std::variant<std::unique_ptr<channels::Sender>, std::string> {
        return std::make_unique<AcceptingSender>(request.connections);
      },
      {},
      log};
  delivery::process_queue(copy, order.delivery, surroundings);
}

void count(const std::vector<producers::ProducerReport::Missing>& missing, std::map<std::string, std::size_t>& counts) {
  for (const auto& one : missing) ++counts[fmt::format("{}: {}", one.company, one.reason)];
}

bool is_waiting(const store::Watched& one) { return one.due_at.has_value(); }

}  // namespace

Forecast foresee(store::Database& copy, const ForecastOrder& order, core::EventLog& log) {
  Forecast result;
  const store::Watch watch(copy);
  store::Queue queue(copy);
  int run = 0;
  for (auto at = order.from; at <= order.until; at += order.every, ++run) {
    if (run % order.runs_per_search == 0) {
      for (const auto& produce : order.producers) {
        const auto report = produce(copy, {.now = at, .only = order.delivery.only});
        // The first search tells; later ones find the same obstacles again.
        if (run == 0) count(report.skipped, result.skipped);
        if (run == 0) count(report.failed, result.failed);
      }
    }
    if (!queue.lanes_due(at, order.delivery.only).empty()) deliver(copy, order, at, log);
  }
  result.messages = watch.now();
  std::ranges::stable_sort(result.messages, {}, [](const store::Watched& one) {
    return std::pair(is_waiting(one), one.due_at.value_or(one.changed_at));
  });
  return result;
}

}  // namespace egarage::report
