// Not part of the tests: `test_store "[speed]"` prints what the store costs on this machine.
#include <chrono>
#include <iostream>

#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using core::Status;

namespace {

/// Processor time: what the program costs, without the waits for the disk.
double cpu_ms() { return static_cast<double>(core::platform::usage().cpu_microseconds) / 1000; }
double wall_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

template <typename Work>
void report(const std::string& what, double count, const Work& work) {
  const double cpu = cpu_ms(), wall = wall_ms();
  work();
  std::cout << fmt::format("{:<44} {:>9.2f} ms CPU {:>9.2f} ms wall", what, cpu_ms() - cpu, wall_ms() - wall);
  if (count > 1) std::cout << fmt::format("  {:>7.2f} us each", (cpu_ms() - cpu) * 1000 / count);
  std::cout << "\n";
}

}  // namespace

TEST_CASE("what enqueueing and the hot path cost", "[.][speed]") {
  StoreFixture store;
  constexpr int rows = 50'000, group = 500;
  auto row = store.make("");
  row.body = std::string(2048, 'x');
  const auto enqueue_all = [&] {
    for (int i = 0; i < rows; i += group) {
      store.database.transaction([&] {
        for (int k = i; k < i + group; ++k) {
          row.dedup_key = fmt::format("DOCUMENTO_CREADO/doc-{}/email", k);
          store.queue.enqueue(row, noon);
        }
      });
    }
  };
  report("enqueue", rows, enqueue_all);
  report("enqueue, all duplicates", rows, enqueue_all);
  report("lanes_due", 1, [&] { store.queue.lanes_due(noon); });
  report("count_due", 1, [&] { store.queue.count_due(noon, 1'000'000); });
  report("expire_lane, nothing to expire", 1, [&] { store.queue.expire_lane(store.lane(), noon); });
  const auto run = store.queue.begin_run("speed", noon);
  std::vector<Claimed> claimed;
  report("claim 20,000 by 500", 20'000, [&] {
    for (int i = 0; i < 40; ++i) {
      const auto more = store.queue.claim_due(store.lane(), run, noon, noon + lease, 500);
      claimed.insert(claimed.end(), more.begin(), more.end());
    }
  });
  report("contents of 20,000 by 256", 20'000, [&] {
    for (std::size_t i = 0; i < 20'000; i += 250) {
      std::vector<NotificationId> ids;
      for (std::size_t k = i; k < i + 250; ++k) ids.push_back(claimed[k].id);
      store.queue.contents(ids);
    }
  });
  std::vector<StartedAttempt> in_flight;
  report("commit 256 settlements + 256 starts", 20'000, [&] {
    for (std::size_t i = 0; i < claimed.size(); i += 256) {
      Queue::Changes changes;
      for (const auto& attempt : in_flight) {
        changes.settlements.push_back(settlement(attempt, AttemptOutcome::accepted, Status::accepted));
        changes.settlements.back().result.text = "2.0.0 Ok: queued as 4F2A1B3C4D";
      }
      for (std::size_t k = i; k < std::min(i + 256, claimed.size()); ++k) changes.starts.push_back(claimed[k].id);
      in_flight = store.queue.commit(changes, run, noon, noon + lease);
    }
  });
  report("postpone 30,000", 30'000, [&] { store.queue.postpone_lane(store.lane(), noon, noon + lease, "closed"); });
}

TEST_CASE("what an idle run costs with a million finished rows", "[.][speed]") {
  StoreFixture store;
  auto row = store.make("");
  row.body = std::string(500, 'x');
  for (int i = 0; i < 1'000'000; i += 10'000) {
    store.database.transaction([&] {
      for (int k = i; k < i + 10'000; ++k) {
        row.dedup_key = fmt::format("DOCUMENTO_CREADO/doc-{}/email", k);
        store.queue.enqueue(row, noon);
      }
    });
    const auto run = store.queue.begin_run("speed", noon);
    for (std::vector<Claimed> claimed;
         !(claimed = store.queue.claim_due(store.lane(), run, noon, noon + lease, 5000)).empty();) {
      Queue::Changes changes;
      for (const auto& one : claimed)
        changes.put_backs.push_back({one.id, i % 20'000 == 0 ? Status::suppressed : Status::failed, noon, "speed"});
      store.queue.commit(changes, run, noon, noon + lease);
    }
  }
  report("open, begin, recover, lanes_due, end, close", 1, [&] {
    auto database = Database::open(store.file);
    Queue queue(database);
    const auto run = queue.begin_run("run", noon);
    queue.recover(run, noon, lease, [](const auto&) { return Queue::AfterUncertain{Status::held, noon, ""}; });
    queue.lanes_due(noon);
    queue.end_run(run, "nothing due", noon);
  });
  report("states_now", 1, [&] { History(store.database).states_now(); });
  report("totals", 1, [&] { History(store.database).totals(noon - std::chrono::hours{24}); });
  report("failures", 1, [&] { History(store.database).failures(noon - std::chrono::hours{24}, 20); });
}
