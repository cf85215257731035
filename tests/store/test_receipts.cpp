#include <algorithm>

#include "sent_sms.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;
using core::Status;

TEST_CASE("in whatever order the receipts of a message come, and however often, it ends as the furthest of them") {
  std::vector<ReceiptStatus> order{ReceiptStatus::sent, ReceiptStatus::delivered, ReceiptStatus::read};
  do {
    SentSms store;
    store.end(AttemptOutcome::accepted, Status::accepted);
    for (int round = 0; round < 2; ++round) {
      for (const auto said : order) store.receipts.settle(store.says(said), noon + 9s);
    }
    CHECK(store.status() == Status::read);
    CHECK(store.record(store.id).updated_at == noon + 9s);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a receipt that says nothing new changes nothing") {
  SentSms store;
  store.end(AttemptOutcome::accepted, Status::accepted);
  CHECK(store.receipts.settle(store.says(ReceiptStatus::sent), noon + 9s) == Settled::known);
  CHECK(store.receipts.settle(store.says(ReceiptStatus::delivered), noon + 9s) == Settled::moved);
  CHECK(store.receipts.settle(store.says(ReceiptStatus::delivered), noon + 99s) == Settled::known);
  CHECK(store.life(store.id) == "queued claimed sending accepted delivered");
}

TEST_CASE("an accepted message that could not be delivered says why, and is final") {
  SentSms store;
  store.end(AttemptOutcome::accepted, Status::accepted);
  auto failed = store.says(ReceiptStatus::failed);
  failed.text = "unknown destination handset";
  CHECK(store.receipts.settle(failed, noon + 9s) == Settled::moved);
  CHECK(store.status() == Status::undelivered);
  CHECK(store.record(store.id).reason == "not delivered: 30005: unknown destination handset");
  CHECK(store.receipts.settle(store.says(ReceiptStatus::delivered), noon + 9s) == Settled::known);
  CHECK(store.status() == Status::undelivered);
}

TEST_CASE("a message whose result was unknown is settled by its receipt") {
  struct Row {
    Status next;
    ReceiptStatus said;
    ReceiptFailure failure;
    Status expected;
    AttemptOutcome outcome;
  };
  const auto row = GENERATE(
      Row{Status::held, ReceiptStatus::sent, {}, Status::accepted, AttemptOutcome::accepted},
      Row{Status::held, ReceiptStatus::read, {}, Status::read, AttemptOutcome::accepted},
      Row{Status::held, ReceiptStatus::failed, {}, Status::failed, AttemptOutcome::rejected},
      Row{Status::held, ReceiptStatus::failed, ReceiptFailure::temporary, Status::retry_wait, AttemptOutcome::rejected},
      Row{Status::retry_wait, ReceiptStatus::delivered, {}, Status::delivered, AttemptOutcome::accepted},
      Row{Status::retry_wait, ReceiptStatus::failed, {}, Status::failed, AttemptOutcome::rejected});
  SentSms store;
  store.end(AttemptOutcome::uncertain, row.next);
  CHECK(store.receipts.settle(store.names(row.said, row.failure), noon + 9s) == Settled::moved);
  const auto record = store.record(store.id);
  CHECK(record.status == row.expected);
  CHECK(record.attempt_records.at(0).result->outcome == row.outcome);
  CHECK(record.attempt_records.at(0).result->provider_id == "SM1");
  CHECK(record.attempt_records.at(0).presumed_uncertain);
}

TEST_CASE("a receipt ends the search for a lost message, even while a run has claimed the row for it") {
  SentSms store;
  auto lost = settlement(store.attempt, AttemptOutcome::uncertain, Status::retry_wait, noon, "unknown");
  lost.again = Again::look;
  store.settle(lost, store.run);
  const auto claimed =
      store.queue.claim_due({store.sur, core::Channel::sms, SentBy::company}, store.run, noon, noon + lease, 10);
  REQUIRE(claimed.size() == 1);
  REQUIRE(claimed[0].search.has_value());
  CHECK(store.receipts.settle(store.names(ReceiptStatus::delivered), noon + 9s) == Settled::moved);
  CHECK(store.status() == Status::delivered);
  store.queue.commit({{}, {}, {}, {{store.id, Look::Answer::absent, {}, noon + 60s, "not there"}}}, store.run, noon,
                     noon + lease);
  CHECK(store.status() == Status::delivered);
  CHECK(store.queue.commit({{}, {}, {store.id}}, store.run, noon, noon + lease).empty());
}

TEST_CASE("a receipt that comes before our own commit is kept, and applied with it") {
  SECTION("under the provider's name") {
    SentSms store;
    CHECK(store.receipts.settle(store.says(ReceiptStatus::delivered), noon) == Settled::orphan);
    CHECK(store.receipts.settle(store.says(ReceiptStatus::delivered), noon) == Settled::orphan);
    CHECK(store.receipts.orphans() == 1);
    store.end(AttemptOutcome::accepted, Status::accepted);
    CHECK(store.status() == Status::delivered);
    CHECK(store.receipts.orphans() == 0);
  }
  SECTION("under our attempt, whose answer never came") {
    SentSms store;
    CHECK(store.receipts.settle(store.names(ReceiptStatus::read), noon) == Settled::orphan);
    store.end(AttemptOutcome::uncertain, Status::held);
    CHECK(store.status() == Status::read);
  }
  SECTION("as a failure with its meaning") {
    SentSms store;
    store.receipts.settle(store.says(ReceiptStatus::failed, ReceiptFailure::opt_out), noon);
    store.end(AttemptOutcome::accepted, Status::accepted);
    CHECK(store.status() == Status::undelivered);
    CHECK(Directory(store.database)
              .suppression(store.sur, core::Channel::sms, "+56961234567", core::EventClass::transactional));
  }
  SECTION("old ones are forgotten") {
    SentSms store;
    store.receipts.settle(store.says(ReceiptStatus::read), noon);
    store.receipts.forget_orphans(noon + 1s);
    CHECK(store.receipts.orphans() == 0);
  }
}

TEST_CASE("a receipt for an attempt whose message is on the wire again is settled with that") {
  SentSms store;
  store.end(AttemptOutcome::uncertain, Status::retry_wait);
  const auto first = store.attempt;
  {
    Queue::Changes changes;
    for (const auto& one : store.queue.claim_due({store.sur, core::Channel::sms, SentBy::company}, store.run,
                                                 noon + 60s, noon + lease, 10))
      changes.starts.push_back(one.id);
    store.attempt = store.queue.commit(changes, store.run, noon + 60s, noon + lease).at(0);
  }
  auto receipt = store.says(ReceiptStatus::delivered);
  receipt.attempt = first.attempt;
  CHECK(store.receipts.settle(receipt, noon + 61s) == Settled::orphan);
  CHECK(store.status() == Status::sending);
  store.end(AttemptOutcome::deferred, Status::retry_wait);
  CHECK(store.status() == Status::delivered);
}

TEST_CASE("nobody's receipt moves another's message") {
  SentSms store;
  store.end(AttemptOutcome::accepted, Status::accepted);
  auto receipt = store.names(ReceiptStatus::failed);
  SECTION("another company") { receipt.company = store.norte; }
  SECTION("the platform") { receipt.company.reset(); }
  SECTION("another channel") { receipt.channel = core::Channel::whatsapp; }
  SECTION("another message of the provider") { receipt.provider_id = "SM2"; }
  CHECK(store.receipts.settle(receipt, noon + 9s) == Settled::foreign);
  CHECK(store.status() == Status::accepted);
}

TEST_CASE("a refused attempt has no receipts") {
  SentSms store;
  store.end(AttemptOutcome::rejected, Status::failed);
  CHECK(store.receipts.settle(store.names(ReceiptStatus::delivered), noon + 9s) == Settled::known);
  CHECK(store.status() == Status::failed);
}

TEST_CASE("a failed receipt lets the fallback go") {
  StoreFixture store;
  std::vector<NewNotification> chain{store.make("doc/sms"), store.make("doc/email")};
  chain[0].channel = core::Channel::sms;
  store.database.transaction([&] { store.queue.enqueue(chain, noon); });
  const auto run = store.queue.begin_run("process-queue", noon);
  Queue::Changes changes;
  for (const auto& one :
       store.queue.claim_due({store.sur, core::Channel::sms, SentBy::company}, run, noon, noon + lease, 10))
    changes.starts.push_back(one.id);
  auto accepted = settlement(store.queue.commit(changes, run, noon, noon + lease).at(0), AttemptOutcome::accepted,
                             Status::accepted);
  accepted.result.provider_id = "SM1";
  store.settle(accepted, run);
  const auto email = History(store.database).notification(store.sur, "doc/email")->id;
  CHECK(store.record(email).status == Status::cancelled);
  Receipt receipt;
  receipt.company = store.sur;
  receipt.channel = core::Channel::sms;
  receipt.provider_id = "SM1";
  receipt.status = ReceiptStatus::failed;
  Receipts(store.database).settle(receipt, noon + 1h);
  CHECK(store.record(email).status == Status::queued);
  CHECK(store.record(email).due_at == noon + 1h);
}
