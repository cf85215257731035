#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;
using core::Status;

TEST_CASE("a notification goes from queued to accepted, and every step is on record") {
  StoreFixture store;
  const auto id = store.enqueue("doc-1");
  const auto run = store.queue.begin_run("process-queue", noon);
  const auto claimed = store.queue.claim_due(store.lane(), run, noon, noon + lease, 10);
  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].id == id);
  CHECK(claimed[0].recipient == "ana@example.cl");
  CHECK(claimed[0].attempts == 0);
  const auto started = store.queue.commit({{}, {}, {id}}, run, noon + 1s, noon + lease);
  REQUIRE(started.size() == 1);
  auto accepted = settlement(started[0], AttemptOutcome::accepted, Status::accepted);
  accepted.result.provider_id = "2.0.0 queued as 4F2";
  store.settle(accepted, run, noon + 2s);

  const auto record = store.record(id);
  CHECK(record.status == Status::accepted);
  CHECK(record.attempts == 1);
  CHECK(record.company == "sur");
  CHECK(record.body == "Estimada **Ana**: su vehículo está listo.");
  CHECK(record.provider_id == "2.0.0 queued as 4F2");
  CHECK_FALSE(record.due_at);
  CHECK(record.updated_at == noon + 2s);
  REQUIRE(record.attempt_records.size() == 1);
  CHECK(record.attempt_records[0].number == 1);
  CHECK(record.attempt_records[0].started_at == noon + 1s);
  CHECK(record.attempt_records[0].finished_at == noon + 2s);
  CHECK(record.attempt_records[0].result->code == 250);
  CHECK(store.life(id) == "queued claimed sending accepted");
  CHECK(record.audit_records[0].from.empty());
  CHECK_FALSE(record.audit_records[0].run);
  CHECK(record.audit_records[3].from == "sending");
  CHECK(record.audit_records[3].run == run);
  CHECK(record.audit_records[3].at == noon + 2s);
}

TEST_CASE("the same dedup key is a duplicate within a company and nothing to another company") {
  StoreFixture store;
  Enqueued first{}, again{}, elsewhere{};
  store.database.transaction([&] {
    first = store.queue.enqueue(store.make("doc-1"), noon);
    again = store.queue.enqueue(store.make("doc-1"), noon);
    elsewhere = store.queue.enqueue(store.make("doc-1", store.norte), noon);
  });
  CHECK(first == Enqueued::created);
  CHECK(again == Enqueued::duplicate);
  CHECK(elsewhere == Enqueued::created);
  CHECK(store.queue.count_due(noon, 100) == 2);
  CHECK(store.queue.count_due(noon, 100, store.norte) == 1);
  CHECK(store.queue.count_due(noon, 1) == 1);
}

TEST_CASE("enqueueing outside a transaction is a defect") {
  StoreFixture store;
  CHECK(error_of([&] { store.queue.enqueue(store.make("doc-1"), noon); }).code() == core::ExitCode::internal);
}

TEST_CASE("a Message-ID names the row and carries a mark that only this store can make") {
  StoreFixture store, other;
  const auto id = store.enqueue("doc-1");
  const auto message_id = store.record(id).message_id;
  CHECK(message_id.substr(0, 4) == fmt::format("n.{}.", id.value));
  CHECK(message_id.size() == std::string("n.1.01234567@example.cl").size());
  CHECK(message_id.substr(message_id.find('@')) == "@example.cl");
  CHECK(message_id != other.record(other.enqueue("doc-1")).message_id);
  CHECK(store.record(store.enqueue("doc-2")).message_id.substr(4) != message_id.substr(4));
  auto without_domain = store.make("doc-3");
  without_domain.message_id_domain.clear();
  CHECK(store.record(store.enqueue(without_domain)).message_id.find('@') == std::string::npos);
}

TEST_CASE("rows are claimed oldest due first, no more than asked for, and not before they are due") {
  StoreFixture store;
  for (const int minutes : {5, 1, 3, 61}) {
    auto row = store.make(fmt::format("doc-{}", minutes));
    row.due_at = noon - 1h + std::chrono::minutes{minutes};
    store.enqueue(row);
  }
  const auto run = store.queue.begin_run("process-queue", noon);
  const auto first = store.queue.claim_due(store.lane(), run, noon, noon + lease, 2);
  REQUIRE(first.size() == 2);
  CHECK(first[0].due_at == noon - 59min);
  CHECK(first[1].due_at == noon - 57min);
  CHECK(store.queue.claim_due(store.lane(), run, noon, noon + lease, 10).size() == 1);
  CHECK(store.queue.claim_due(store.lane(), run, noon, noon + lease, 10).empty());
  CHECK(store.queue.lanes_due(noon).empty());
  CHECK(store.queue.claim_due(store.lane(), run, noon + 1min, noon + lease, 10).size() == 1);
}

TEST_CASE("lanes are listed once each, however many rows wait in them, and only while something is due") {
  StoreFixture store;
  Directory(store.database).upsert_company(company("este"), noon);
  store.database.transaction([&] {
    for (int i = 0; i < 50; ++i) store.queue.enqueue(store.make(fmt::format("doc-{}", i)), noon);
    auto row = store.make("by-platform");
    row.sent_by = SentBy::platform;
    store.queue.enqueue(row, noon);
    row = store.make("by-sms", store.norte);
    row.channel = core::Channel::sms;
    store.queue.enqueue(row, noon);
    row = store.make("later", store.norte);
    row.due_at = noon + 1h;
    store.queue.enqueue(row, noon);
  });
  const Lane own = store.lane(), platform{store.sur, core::Channel::email, SentBy::platform},
             sms{store.norte, core::Channel::sms, SentBy::company},
             later{store.norte, core::Channel::email, SentBy::company};
  CHECK(store.queue.lanes_due(noon) == std::vector<Lane>{own, platform, sms});
  CHECK(store.queue.lanes_due(noon + 1h) == std::vector<Lane>{own, platform, later, sms});
  CHECK(store.queue.lanes_due(noon, store.norte) == std::vector<Lane>{sms});
  CHECK(store.queue.lanes_due(noon - 1s).empty());
  CHECK(store.queue.lanes_due(noon, CompanyId{99}).empty());
}

TEST_CASE("contents come in the order asked for") {
  StoreFixture store;
  const auto one = store.enqueue("doc-1"), two = store.enqueue("doc-2"), three = store.enqueue("doc-3");
  const auto contents = store.queue.contents({three, one, two});
  REQUIRE(contents.size() == 3);
  CHECK(contents[0].id == three);
  CHECK(contents[1].id == one);
  CHECK(contents[2].id == two);
  CHECK(contents[0].subject == "Orden de trabajo");
  CHECK(contents[0].message_id == store.record(three).message_id);
  CHECK(store.queue.contents({}).empty());
}

TEST_CASE("a settlement says what becomes of the row") {
  struct Row {
    AttemptOutcome outcome;
    Status next, expected;
    int attempts;
  };
  const auto row = GENERATE(Row{AttemptOutcome::accepted, Status::accepted, Status::accepted, 1},
                            Row{AttemptOutcome::deferred, Status::retry_wait, Status::retry_wait, 1},
                            Row{AttemptOutcome::rejected, Status::failed, Status::failed, 1},
                            Row{AttemptOutcome::uncertain, Status::retry_wait, Status::retry_wait, 1},
                            Row{AttemptOutcome::uncertain, Status::held, Status::held, 1},
                            Row{AttemptOutcome::returned, Status::queued, Status::queued, 0});
  StoreFixture store;
  const auto id = store.enqueue("doc-1");
  const auto run = store.queue.begin_run("process-queue", noon);
  const auto started = store.start_all(run);
  store.settle(settlement(started.at(0), row.outcome, row.next, noon + 5min, "because"), run);
  const auto record = store.record(id);
  CHECK(record.status == row.expected);
  CHECK(record.attempts == row.attempts);
  CHECK(record.reason == (row.next == Status::accepted ? "" : "because"));  // there is nothing to explain
  const bool waits = row.next == Status::queued || row.next == Status::retry_wait;
  CHECK(record.due_at == (waits ? std::optional(noon + 5min) : std::nullopt));
  CHECK(record.attempt_records.at(0).result->outcome == row.outcome);
  const bool uncertain = row.outcome == AttemptOutcome::uncertain;
  CHECK(store.queue.uncertain_attempts(id) == (uncertain ? 1 : 0));
  CHECK(store.life(id) ==
        fmt::format("queued claimed sending {}{}", uncertain ? "uncertain " : "", core::to_string(row.expected)));
}

TEST_CASE("an attempt that was returned after an earlier refusal leaves the row waiting for its retry") {
  StoreFixture store;
  const auto id = store.enqueue("doc-1");
  const auto run = store.queue.begin_run("process-queue", noon);
  store.settle(settlement(store.start_all(run).at(0), AttemptOutcome::deferred, Status::retry_wait), run);
  store.settle(settlement(store.start_all(run).at(0), AttemptOutcome::returned, Status::queued), run);
  CHECK(store.record(id).status == Status::retry_wait);
  CHECK(store.record(id).attempts == 1);
  CHECK(store.record(id).attempt_records.size() == 2);
}

TEST_CASE("a claimed row is put back untried, later, or for good") {
  struct Row {
    Status next, expected;
  };
  const auto row = GENERATE(Row{Status::queued, Status::queued}, Row{Status::expired, Status::expired},
                            Row{Status::suppressed, Status::suppressed}, Row{Status::failed, Status::failed});
  StoreFixture store;
  const auto id = store.enqueue("doc-1");
  const auto run = store.queue.begin_run("process-queue", noon);
  store.queue.claim_due(store.lane(), run, noon, noon + lease, 10);
  store.queue.commit({{}, {{id, row.next, noon + 2h, "outside sending hours"}}, {}}, run, noon, noon + lease);
  CHECK(store.record(id).status == row.expected);
  CHECK(store.record(id).attempts == 0);
  CHECK(store.record(id).reason == "outside sending hours");
  CHECK(store.queue.claim_due(store.lane(), run, noon, noon + lease, 10).empty());
}

TEST_CASE("a row that was tried and is put back waits for its retry") {
  StoreFixture store;
  const auto id = store.enqueue("doc-1");
  const auto run = store.queue.begin_run("process-queue", noon);
  store.settle(settlement(store.start_all(run).at(0), AttemptOutcome::deferred, Status::retry_wait), run);
  store.queue.claim_due(store.lane(), run, noon, noon + lease, 10);
  store.queue.commit({{}, {{id, Status::queued, noon + 2h, ""}}, {}}, run, noon, noon + lease);
  CHECK(store.record(id).status == Status::retry_wait);
}

TEST_CASE("only rows that are still ours are started") {
  StoreFixture store;
  const auto mine = store.enqueue("doc-1"), waiting = store.enqueue("doc-2");
  const auto run = store.queue.begin_run("process-queue", noon);
  store.queue.claim_due(store.lane(), run, noon, noon + lease, 1);
  Queue other(store.database);
  const auto other_run = other.begin_run("process-queue", noon);
  CHECK(other.commit({{}, {}, {mine}}, other_run, noon, noon + lease).empty());
  const auto started = store.queue.commit({{}, {}, {waiting, mine, NotificationId{99}}}, run, noon, noon + lease);
  REQUIRE(started.size() == 1);
  CHECK(started[0].notification == mine);
  CHECK(store.queue.commit({{}, {}, {mine}}, run, noon, noon + lease).empty());
  CHECK(store.queue.commit({}, run, noon, noon + lease).empty());
}

TEST_CASE("a settlement that nobody started is a defect and changes nothing") {
  StoreFixture store;
  const auto id = store.enqueue("doc-1");
  const auto run = store.queue.begin_run("process-queue", noon);
  const auto attempt = store.start_all(run).at(0);
  const auto accepted = settlement(attempt, AttemptOutcome::accepted, Status::accepted);
  auto of_another = accepted;
  of_another.notification = NotificationId{99};
  CHECK(error_of([&] { store.settle(of_another, run); }).code() == core::ExitCode::internal);
  store.settle(accepted, run);
  CHECK(error_of([&] { store.settle(accepted, run); }).code() == core::ExitCode::internal);
  CHECK(store.record(id).attempts == 1);
}

TEST_CASE("a whole lane is postponed or expired without claiming it") {
  StoreFixture store;
  auto short_lived = store.make("doc-1");
  short_lived.not_after = noon + 1min;
  const auto expiring = store.enqueue(short_lived), lasting = store.enqueue("doc-2");
  const auto other_lane = store.enqueue(store.make("doc-3", store.norte));
  CHECK(store.queue.expire_lane(store.lane(), noon + 1min) == 0);
  CHECK(store.queue.expire_lane(store.lane(), noon + 61s) == 1);
  CHECK(store.record(expiring).status == Status::expired);
  CHECK_FALSE(store.record(expiring).reason.empty());
  CHECK(store.queue.postpone_lane(store.lane(), noon, noon + 8h, "closed until 08:00") == 1);
  CHECK(store.record(lasting).due_at == noon + 8h);
  CHECK(store.record(lasting).status == Status::queued);
  CHECK(store.record(lasting).reason == "closed until 08:00");
  CHECK(store.record(other_lane).due_at == noon);
}

TEST_CASE("an operator's requeue starts a row afresh") {
  StoreFixture store;
  auto row = store.make("doc-1");
  row.not_after = noon + 1h;
  const auto id = store.enqueue(row), accepted = store.enqueue("doc-2");
  const auto run = store.queue.begin_run("process-queue", noon);
  const auto started = store.start_all(run);
  store.settle(settlement(started.at(0), AttemptOutcome::rejected, Status::failed, noon, "no such user"), run,
               noon + 1min);
  store.settle(settlement(started.at(1), AttemptOutcome::accepted, Status::accepted), run, noon + 1min);

  using Filter = Queue::RequeueFilter;
  CHECK(store.queue.requeue(Filter{.company = store.norte}, noon) == 0);
  CHECK(store.queue.requeue(Filter{.statuses = {Status::held}}, noon) == 0);
  CHECK(store.queue.requeue(Filter{.since = noon + 2min}, noon) == 0);
  CHECK(store.queue.requeue(Filter{.id = accepted}, noon) == 0);
  CHECK(store.queue.requeue(Filter{.statuses = {Status::accepted}}, noon) == 0);
  CHECK(store.queue.requeue(Filter{.id = id, .company = store.sur, .statuses = {Status::failed}, .since = noon},
                            noon + 2h) == 1);
  const auto record = store.record(id);
  CHECK(record.status == Status::queued);
  CHECK(record.attempts == 0);
  CHECK(record.due_at == noon + 2h);
  CHECK(record.reason == "requeued by operator");
  CHECK_FALSE(record.not_after);  // it had passed: the row would expire at once
  CHECK(record.attempt_records.size() == 1);
}

TEST_CASE("a run is written down, and ends once") {
  StoreFixture store;
  const auto run = store.queue.begin_run("process-queue", noon);
  Queue second(store.database);
  CHECK(second.begin_run("run", noon).value == run.value + 1);
  store.queue.end_run(run, "3 accepted", noon + 5s);
  store.queue.end_run(run, "again", noon + 9s);
  CHECK(scalar(store.file, "SELECT command || '/' || result FROM run WHERE id = 1") == "process-queue/3 accepted");
}
