#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;
using core::Status;

namespace {

struct Busy : StoreFixture {
  Busy() {
    for (int i = 0; i < 4; ++i) enqueue(fmt::format("doc-{}", i));
    enqueue(make("doc-0", norte));
    run = queue.begin_run("process-queue", noon);
    const auto started = start_all(run);
    settle(settlement(started.at(0), AttemptOutcome::accepted, Status::accepted), run, noon + 1h);
    settle(settlement(started.at(1), AttemptOutcome::rejected, Status::failed, noon, "550 no such user"), run,
           noon + 1h);
    settle(settlement(started.at(2), AttemptOutcome::deferred, Status::retry_wait, noon + 2h, "451 later"), run,
           noon + 1h);
    in_flight = started.at(3);
  }
  std::string states(std::optional<CompanyId> only = {}) {
    std::string result;
    for (const auto& [status, count] : History(database).states_now(only)) {
      result += fmt::format("{}={} ", core::to_string(status), count);
    }
    return result;
  }
  std::int64_t total(core::Instant since, Status status, std::optional<CompanyId> only = {}) {
    std::int64_t sum = 0;
    for (const auto& row : History(database).totals(since, only).entered) sum += row.status == status ? row.count : 0;
    return sum;
  }
  RunId run;
  StartedAttempt in_flight;
};

}  // namespace

TEST_CASE("the states of now are right at every moment of a row's life") {
  Busy store;
  CHECK(store.states() == "queued=1 retry_wait=1 sending=1 accepted=1 failed=1 ");
  CHECK(store.states(store.norte) == "queued=1 ");
  store.settle(settlement(store.in_flight, AttemptOutcome::returned, Status::queued), store.run);
  CHECK(store.states() == "queued=2 retry_wait=1 accepted=1 failed=1 ");
  store.queue.claim_due(store.lane(), store.run, noon + 3h, noon + 4h, 10);
  CHECK(store.states() == "queued=1 claimed=2 accepted=1 failed=1 ");
  store.queue.requeue({.statuses = {Status::failed}}, noon);
  CHECK(store.states() == "queued=2 claimed=2 accepted=1 ");
  // The tally must say what counting the rows says.
  CHECK(scalar(store.file, "SELECT sum(count) FROM tally WHERE from_state = ''") == "5");
}

TEST_CASE("totals count what entered a state in the period, by full hours") {
  Busy store;
  CHECK(store.total(noon, Status::queued) == 5);
  CHECK(store.total(noon, Status::accepted) == 1);
  CHECK(store.total(noon + 90min, Status::failed) == 1);
  CHECK(store.total(noon + 2h, Status::failed) == 0);
  CHECK(store.total(noon + 1h, Status::queued) == 0);
  CHECK(store.total(noon, Status::accepted, store.norte) == 0);
  CHECK(store.total(noon, Status::queued, store.norte) == 1);
  store.queue.requeue({.statuses = {Status::failed}}, noon + 2h);
  CHECK(store.total(noon, Status::queued) == 5);  // asked for again is not created again
  const auto totals = History(store.database).totals(noon, store.norte);
  REQUIRE(totals.entered.size() == 1);
  CHECK(totals.entered[0].company == "norte");
  CHECK(totals.entered[0].event == core::Event::documento_creado);
  CHECK(totals.entered[0].channel == core::Channel::email);
}

TEST_CASE("failures are listed newest first, with their reason") {
  Busy store;
  store.settle(settlement(store.in_flight, AttemptOutcome::uncertain, Status::held, noon, "no answer"), store.run,
               noon + 2h);
  const auto failures = History(store.database).failures(noon, 10);
  REQUIRE(failures.size() == 2);
  CHECK(failures[0].status == Status::held);
  CHECK(failures[1].reason == "550 no such user");
  CHECK(failures[1].company == "sur");
  CHECK(failures[1].at == noon + 1h);
  CHECK(History(store.database).failures(noon, 1).size() == 1);
  CHECK(History(store.database).failures(noon + 90min, 10).size() == 1);
  CHECK(History(store.database).failures(noon, 10, store.norte).empty());
}

TEST_CASE("a notification is found by its key, within its company only") {
  Busy store;
  CHECK(History(store.database).notification(store.sur, "doc-3")->company == "sur");
  CHECK(History(store.database).notification(store.norte, "doc-0")->company == "norte");
  CHECK_FALSE(History(store.database).notification(store.norte, "doc-3"));
  CHECK_FALSE(History(store.database).notification(NotificationId{999}));
}
