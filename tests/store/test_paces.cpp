#include "store/paces.hpp"

#include "store/template_blocks.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t noon_ms = noon.time_since_epoch().count() * 1000;

struct PacesFixture : StoreFixture {
  AccountKey account{sur, core::Channel::email};
  Paces paces{database};
};

}  // namespace

TEST_CASE("reservations follow each other at the account's pace, whoever makes them") {
  PacesFixture store;
  const core::Pace pace{.per_second = 80};
  CHECK(store.paces.reserve(store.account, pace, 20, noon_ms).at_ms == noon_ms);
  CHECK(store.paces.reserve(store.account, pace, 20, noon_ms).at_ms == noon_ms + 250);
  Database other = Database::open(store.file);
  CHECK(Paces{other}.reserve(store.account, pace, 8, noon_ms + 100).at_ms == noon_ms + 500);
  CHECK(store.paces.reserve(store.account, pace, 1, noon_ms + 550).at_ms == noon_ms + 600);
  // What was not used in time is no credit for later.
  CHECK(store.paces.reserve(store.account, pace, 1, noon_ms + 60'000).at_ms == noon_ms + 60'000);
}

TEST_CASE("accounts do not share a pace") {
  PacesFixture store;
  const core::Pace pace{.per_second = 1};
  store.paces.reserve(store.account, pace, 10, noon_ms);
  CHECK(store.paces.reserve({store.norte, core::Channel::email}, pace, 1, noon_ms).at_ms == noon_ms);
}

TEST_CASE("24 hours begin with the first message, and end a day later") {
  PacesFixture store;
  const core::Pace pace{.per_day = 10};
  CHECK(store.paces.reserve(store.account, pace, 8, noon_ms).messages == 8);
  CHECK(store.paces.reserve(store.account, pace, 8, noon_ms + 1000).messages == 2);
  const auto none = store.paces.reserve(store.account, pace, 8, noon_ms + 2000);
  CHECK(none.messages == 0);
  CHECK(none.used_up_until == noon + 24h);
  store.paces.give_back(store.account, pace, 1);
  CHECK(store.paces.reserve(store.account, pace, 8, noon_ms + 3000).messages == 1);
  CHECK(store.paces.reserve(store.account, pace, 8, noon_ms + 24 * 3'600'000).messages == 8);
}

TEST_CASE("a pace that a wrong clock left in the future is not believed") {
  PacesFixture store;
  const core::Pace pace{.per_second = 1, .per_day = 10};
  store.paces.reserve(store.account, pace, 10, noon_ms + 10LL * 365 * 24 * 3'600'000);
  const auto grant = store.paces.reserve(store.account, pace, 2, noon_ms);
  CHECK(grant.messages == 2);
  CHECK(grant.at_ms == noon_ms);
}

TEST_CASE("an account that is gone has nothing to remember, and that is no error") {
  PacesFixture store;
  const AccountKey gone{store.sur, core::Channel::sms};
  CHECK(store.paces.reserve(gone, {.per_second = 1}, 1, noon_ms).messages == 1);
  store.paces.put(gone, {"+56961234567", noon, 1});
  CHECK(store.paces.recipients(gone, {"+56961234567"}).empty());
  TemplateBlocks{store.database}.put(gone, {{"hello", "es"}, "no", noon, 1}, noon);
  CHECK(TemplateBlocks{store.database}.of(gone).empty());
}

TEST_CASE("recipients are remembered for an account, and forgotten when their time is long over") {
  PacesFixture store;
  store.paces.put(store.account, {"+56961234567", noon + 6s, 0});
  store.paces.put(store.account, {"+56967654321", noon + 20s, 1});
  store.paces.put(store.account, {"+56961234567", noon + 16s, 2});
  const auto known = store.paces.recipients(store.account, {"+56960000000", "+56961234567"});
  REQUIRE(known.size() == 1);
  CHECK(known[0].recipient == "+56961234567");
  CHECK(known[0].next_at == noon + 16s);
  CHECK(known[0].failures == 2);
  const std::vector<std::string> both{"+56961234567", "+56967654321"};
  CHECK(store.paces.recipients(store.account, both).size() == 2);
  CHECK(store.paces.recipients({store.norte, core::Channel::email}, both).empty());
  CHECK(store.paces.recipients(store.account, {}).empty());
  store.paces.forget_recipients(noon + 16s);
  CHECK(store.paces.recipients(store.account, both).size() == 2);
  store.paces.forget_recipients(noon + 17s);
  CHECK(store.paces.recipients(store.account, both).size() == 1);
}

TEST_CASE("whom another run has written to a moment ago is told by its attempts, for one account") {
  PacesFixture store;
  auto row = store.make("doc-1");
  row.channel = core::Channel::whatsapp;
  row.recipient = "+56961234567";
  store.enqueue(row);
  const auto other = store.queue.begin_run("process-queue", noon), own = store.queue.begin_run("process-queue", noon);
  Queue::Changes changes;
  for (const auto& one :
       store.queue.claim_due({store.sur, core::Channel::whatsapp, SentBy::company}, other, noon, noon + lease, 10)) {
    changes.starts.push_back(one.id);
  }
  const auto attempt = store.queue.commit(changes, other, noon, noon + lease).at(0).attempt;
  const auto told = [&](const AccountKey& account, RunId run, AttemptId after, core::Instant now) {
    const auto recent = store.paces.recent_recipients(account, run, after, 6s, now);
    CHECK(recent.newest == attempt);
    return recent.recipients;
  };
  const AccountKey whatsapp{store.sur, core::Channel::whatsapp};
  REQUIRE(told(whatsapp, own, {}, noon + 6s).size() == 1);
  CHECK(told(whatsapp, own, {}, noon + 6s)[0].recipient == "+56961234567");
  CHECK(told(whatsapp, own, {}, noon + 6s)[0].next_at == noon + 7s);
  CHECK(told(whatsapp, own, {}, noon + 7s).empty());
  CHECK(told(whatsapp, own, attempt, noon + 1s).empty());
  CHECK(told(whatsapp, other, {}, noon + 1s).empty());
  CHECK(told({store.sur, core::Channel::sms}, own, {}, noon + 1s).empty());
  CHECK(told({store.norte, core::Channel::whatsapp}, own, {}, noon + 1s).empty());
  CHECK(told({{}, core::Channel::whatsapp}, own, {}, noon + 1s).empty());
}

TEST_CASE("a blocked template is on record with its changes, and so is its end") {
  PacesFixture store;
  TemplateBlocks blocks{store.database};
  blocks.put(store.account, {{"service_ready", "es"}, "paused", noon + 1h, 1}, noon);
  blocks.put(store.account, {{"service_ready", "es"}, "paused", noon + 3h, 2}, noon + 1h);
  REQUIRE(blocks.of(store.account).size() == 1);
  CHECK(blocks.of(store.account)[0].failures == 2);
  CHECK(blocks.of({store.norte, core::Channel::email}).empty());
  blocks.lift(store.account, {"service_ready", "es"}, noon + 3h);
  blocks.lift(store.account, {"service_ready", "es"}, noon + 3h);
  CHECK(blocks.of(store.account).empty());
  CHECK(scalar(store.file, "SELECT group_concat(to_state || '@' || (at - " +
                               std::to_string(noon.time_since_epoch().count()) +
                               "), ' ') FROM audit WHERE about = 'template service_ready es'") ==
        "blocked@0 blocked@3600 ok@10800");
}

TEST_CASE("two runs never write to one person of a phone channel at once") {
  StoreFixture store;
  auto row = store.make("one");
  row.channel = core::Channel::sms;
  row.recipient = "+56961234567";
  const auto first = store.enqueue(row);
  row.dedup_key = "two";
  const auto second = store.enqueue(row);
  row.dedup_key = "three";
  row.recipient = "+56967654321";
  const auto other = store.enqueue(row);
  const Lane lane{store.sur, core::Channel::sms, SentBy::company};
  Queue another(store.database);
  const auto run = store.queue.begin_run("process-queue", noon), another_run = another.begin_run("process-queue", noon);
  REQUIRE(store.queue.claim_due(lane, run, noon, noon + lease, 1).at(0).id == first);
  REQUIRE(another.claim_due(lane, another_run, noon, noon + lease, 2).size() == 2);
  const auto started = store.queue.commit({{}, {}, {first}}, run, noon, noon + lease);
  const auto elsewhere = another.commit({{}, {}, {second, other}}, another_run, noon, noon + lease);
  REQUIRE(elsewhere.size() == 1);
  CHECK(elsewhere[0].notification == other);
  CHECK(store.record(second).status == core::Status::queued);
  CHECK(store.record(second).due_at == noon + 5s);
  store.settle(settlement(started.at(0), AttemptOutcome::accepted, core::Status::accepted), run);
  another.claim_due(lane, another_run, noon + 5s, noon + lease, 2);
  CHECK(another.commit({{}, {}, {second}}, another_run, noon + 5s, noon + lease).size() == 1);
}

TEST_CASE("the newest message of a customer is remembered, for one company") {
  StoreFixture store;
  Directory directory(store.database);
  directory.note_inbound(store.sur, core::Channel::whatsapp, "+56961234567", noon);
  directory.note_inbound(store.sur, core::Channel::whatsapp, "+56961234567", noon - 1h);
  CHECK(directory.last_inbound(store.sur, core::Channel::whatsapp, "+56961234567") == noon);
  CHECK_FALSE(directory.last_inbound(store.norte, core::Channel::whatsapp, "+56961234567"));
  CHECK_FALSE(directory.last_inbound(store.sur, core::Channel::sms, "+56961234567"));
  directory.forget_inbound(store.sur, core::Channel::whatsapp, "+56961234567");
  CHECK_FALSE(directory.last_inbound(store.sur, core::Channel::whatsapp, "+56961234567"));
}
