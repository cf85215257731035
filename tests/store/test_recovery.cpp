#include <algorithm>
#include <thread>

#include "core/platform/run_lock.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;
using core::Status;

namespace {

/// Another program's Queue: its own connection and its own hold on the run lock. Destroying it is its death.
struct Program {
  explicit Program(const std::filesystem::path& file) : database(Database::open(file)), queue(database) {}
  Database database;
  Queue queue;
};

Queue::AfterUncertain resend(const Queue::UncertainRow&) { return {Status::retry_wait, noon + 5min, "sent again"}; }
Queue::AfterUncertain hold(const Queue::UncertainRow&) { return {Status::held, noon, "an operator decides"}; }

struct TwoPrograms : StoreFixture {
  TwoPrograms() : other(std::make_unique<Program>(file)) {
    claimed = enqueue("doc-claimed");
    sending = enqueue("doc-sending");
    run = queue.begin_run("process-queue", noon);
    other_run = other->queue.begin_run("process-queue", noon);
    other->queue.claim_due(lane(), other_run, noon, noon + lease, 10);
    attempt = other->queue.commit({{}, {}, {sending}}, other_run, noon, noon + lease).at(0);
  }
  void other_dies() { other.reset(); }
  Recovered recover(core::Instant now = noon + 1min) { return queue.recover(run, now, lease, resend); }

  std::unique_ptr<Program> other;
  NotificationId claimed, sending;
  RunId run, other_run;
  StartedAttempt attempt;
};

}  // namespace

TEST_CASE("what a dead run had in hand is taken back: claimed rows wait again, sent ones are marked uncertain") {
  TwoPrograms store;
  store.other_dies();
  const auto recovered = store.recover();
  CHECK(recovered.requeued == 1);
  CHECK(recovered.uncertain == 1);
  CHECK(store.life(store.claimed) == "queued claimed queued");
  CHECK(store.life(store.sending) == "queued claimed sending uncertain retry_wait");
  const auto record = store.record(store.sending);
  CHECK(record.attempts == 1);
  CHECK(record.due_at == noon + 5min);
  CHECK(record.reason == "sent again");
  CHECK(record.attempt_records.at(0).presumed_uncertain);
  CHECK(record.attempt_records.at(0).result->outcome == AttemptOutcome::uncertain);
  CHECK(store.queue.uncertain_attempts(store.sending) == 1);
  CHECK(store.recover().requeued == 0);
}

TEST_CASE("a living run keeps what it has in hand") {
  TwoPrograms store;
  const auto recovered = store.recover();
  CHECK(recovered.requeued + recovered.uncertain == 0);
  CHECK(store.record(store.sending).status == Status::sending);
}

TEST_CASE("a run never takes back its own rows") {
  TwoPrograms store;
  const auto mine = store.enqueue("doc-mine");
  store.queue.claim_due(store.lane(), store.run, noon, noon + lease, 10);
  store.other_dies();
  CHECK(store.recover(noon + 10h).requeued == 1);
  CHECK(store.record(mine).status == Status::claimed);
}

TEST_CASE("a lease that is over or absurd ends even a living run's hold") {
  const auto now = GENERATE(noon + lease, noon + 3h, noon - 2h);  // just over; long over; the clock was set back
  TwoPrograms store;
  const auto recovered = store.recover(now);
  CHECK(recovered.requeued == 1);
  CHECK(recovered.uncertain == 1);
}

TEST_CASE("after a crash and a clock set back two hours no row stays locked") {
  TwoPrograms store;
  store.other_dies();
  CHECK(store.recover(noon - 2h).requeued == 1);
  CHECK(store.queue.claim_due(store.lane(), store.run, noon, noon + lease, 10).size() == 1);
}

TEST_CASE("where an unknown result is not repeated, the row is held") {
  TwoPrograms store;
  store.other_dies();
  int asked_with = 0;
  store.queue.recover(store.run, noon, lease, [&](const Queue::UncertainRow& row) {
    asked_with = row.uncertain_attempts;
    CHECK(row.company == store.sur);
    CHECK(row.event == core::Event::documento_creado);
    return hold(row);
  });
  CHECK(asked_with == 1);
  CHECK(store.record(store.sending).status == Status::held);
  CHECK_FALSE(store.record(store.sending).due_at);
  CHECK(store.queue.requeue({.id = store.sending}, noon + 1h) == 1);
  CHECK(store.record(store.sending).status == Status::queued);
}

TEST_CASE("a late acceptance wins over waiting, and keeps the mark that it was presumed uncertain") {
  const auto next = GENERATE(Status::retry_wait, Status::held);
  TwoPrograms store;
  store.queue.recover(store.run, noon + lease, lease, [&](const auto&) {
    return Queue::AfterUncertain{next, noon + 1h, "unknown"};
  });
  store.other->queue.commit({{settlement(store.attempt, AttemptOutcome::accepted, Status::accepted)}, {}, {}},
                            store.other_run, noon + 2h, noon + 2h + lease);
  const auto record = store.record(store.sending);
  CHECK(record.status == Status::accepted);
  CHECK(record.attempts == 1);
  CHECK(record.attempt_records.at(0).result->outcome == AttemptOutcome::accepted);
  CHECK(record.attempt_records.at(0).presumed_uncertain);
  CHECK(store.queue.uncertain_attempts(store.sending) == 1);
}

TEST_CASE("a late refusal is recorded and changes nothing else") {
  TwoPrograms store;
  store.recover(noon + lease);
  store.other->queue.commit({{settlement(store.attempt, AttemptOutcome::rejected, Status::failed)}, {}, {}},
                            store.other_run, noon + 2h, noon + 2h + lease);
  const auto record = store.record(store.sending);
  CHECK(record.status == Status::retry_wait);
  CHECK(record.attempt_records.at(0).result->outcome == AttemptOutcome::rejected);
}

TEST_CASE("a late acceptance leaves alone a row that another run has in hand") {
  TwoPrograms store;
  store.recover(noon + lease);
  const auto again = store.start_all(store.run, noon + 1h);
  REQUIRE(again.size() == 2);
  store.other->queue.commit({{settlement(store.attempt, AttemptOutcome::accepted, Status::accepted)}, {}, {}},
                            store.other_run, noon + 1h, noon + 2h);
  CHECK(store.record(store.sending).status == Status::sending);
  for (const auto& attempt : again)
    store.settle(settlement(attempt, AttemptOutcome::accepted, Status::accepted), store.run);
  CHECK(store.record(store.sending).status == Status::accepted);
  CHECK(store.record(store.sending).attempts == 2);
}

TEST_CASE("a late acceptance outranks whatever a second attempt came to") {
  const auto outcome =
      GENERATE(AttemptOutcome::uncertain, AttemptOutcome::deferred, AttemptOutcome::rejected, AttemptOutcome::returned);
  const auto next = outcome == AttemptOutcome::rejected ? Status::failed : Status::retry_wait;
  TwoPrograms store;
  store.recover(noon + lease);
  const auto again = store.start_all(store.run, noon + 1h);
  REQUIRE(again.size() == 2);
  store.other->queue.commit({{settlement(store.attempt, AttemptOutcome::accepted, Status::accepted)}, {}, {}},
                            store.other_run, noon + 1h, noon + 2h);
  for (const auto& attempt : again) store.settle(settlement(attempt, outcome, next, noon + 3h, "trouble"), store.run);
  CHECK(store.record(store.sending).status == Status::accepted);
  CHECK(store.record(store.claimed).status != Status::accepted);
}

TEST_CASE("a late acceptance is heard before another run has begun to send") {
  TwoPrograms store;
  store.recover(noon + lease);
  store.queue.claim_due(store.lane(), store.run, noon + 1h, noon + 2h, 10);
  store.other->queue.commit({{settlement(store.attempt, AttemptOutcome::accepted, Status::accepted)}, {}, {}},
                            store.other_run, noon + 1h, noon + 2h);
  CHECK(store.record(store.sending).status == Status::accepted);
  CHECK(store.queue.commit({{}, {}, {store.sending}}, store.run, noon + 1h, noon + 2h).empty());
}

TEST_CASE("what was put off while the clock was ten years ahead waits from now on") {
  StoreFixture store;
  const auto put_off = store.enqueue("doc-1"), planned = store.enqueue("doc-2");
  constexpr auto ten_years = std::chrono::hours{24} * 3652;
  const auto wrong = store.queue.begin_run("process-queue", noon + ten_years);
  const auto claimed = store.queue.claim_due(store.lane(), wrong, noon + ten_years, noon + ten_years + lease, 1);
  REQUIRE(claimed.at(0).id == put_off);
  store.queue.commit({{}, {{put_off, Status::queued, noon + ten_years + 1h, "closed"}}, {}}, wrong, noon + ten_years,
                     noon + ten_years + lease);
  Program later{store.file};
  const auto run = later.queue.begin_run("process-queue", noon + 1h);
  later.queue.recover(run, noon + 1h, lease, resend);
  CHECK(store.record(put_off).due_at == noon + 1h);
  CHECK(store.record(planned).due_at == noon);
}

TEST_CASE("a put-back or a start of a row that was taken away does nothing") {
  TwoPrograms store;
  store.recover(noon + lease);
  const auto started =
      store.other->queue.commit({{}, {{store.claimed, Status::failed, noon, "too late"}}, {store.claimed}},
                                store.other_run, noon + lease, noon + 2 * lease);
  CHECK(started.empty());
  CHECK(store.record(store.claimed).status == Status::queued);
}

TEST_CASE("a store restored under a living run does not give that run's number away") {
  StoreFixture store;
  core::platform::RunLock of_the_living(store.database.run_lock_path());
  REQUIRE(of_the_living.hold(1));
  CHECK(error_of([&] { store.queue.begin_run("process-queue", noon); }).code() == core::ExitCode::store);
  CHECK(scalar(store.file, "SELECT count(*) FROM run") == "0");
}

TEST_CASE("recovery needs a run of one's own") {
  StoreFixture store;
  CHECK(error_of([&] { store.queue.recover(RunId{1}, noon, lease, resend); }).code() == core::ExitCode::internal);
}

TEST_CASE("eight programs that claim at the same time never get the same row") {
  StoreFixture store;
  constexpr int rows = 20'000, programs = 8;
  store.database.transaction([&] {
    for (int i = 0; i < rows; ++i) store.queue.enqueue(store.make(fmt::format("doc-{}", i)), noon);
  });
  std::vector<std::vector<NotificationId>> taken(programs);
  std::vector<std::string> errors(programs);
  std::vector<std::thread> threads;
  for (std::size_t index = 0; index < programs; ++index) {
    threads.emplace_back([&, index] {
      try {
        Program program(store.file);
        const auto run = program.queue.begin_run("process-queue", noon);
        while (true) {
          const auto claimed = program.queue.claim_due(store.lane(), run, noon, noon + lease, 250);
          if (claimed.empty()) break;
          Queue::Changes changes;
          for (const auto& row : claimed) changes.starts.push_back(row.id);
          for (const auto& attempt : program.queue.commit(changes, run, noon, noon + lease)) {
            taken[index].push_back(attempt.notification);
          }
        }
      } catch (const std::exception& error) {
        errors[index] = error.what();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& error : errors) CHECK(error.empty());
  std::vector<NotificationId> all;
  for (const auto& some : taken) all.insert(all.end(), some.begin(), some.end());
  CHECK(all.size() == rows);
  std::sort(all.begin(), all.end());
  CHECK(std::unique(all.begin(), all.end()) == all.end());
  CHECK(scalar(store.file, "SELECT count(*) FROM attempt") == std::to_string(rows));
}
