// Receipts that know a message only by the name that its provider gave it.
#include "sent_sms.hpp"
#include "store/query.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;
using core::Status;

namespace {

struct NamedSms : SentSms {
  Settled hears(const std::string& provider_id) {
    auto receipt = says(ReceiptStatus::delivered);
    receipt.provider_id = provider_id;
    return receipts.settle(receipt, noon + 9s);
  }
  StartedAttempt start_another(const std::string& key) {
    auto row = make(key);
    row.channel = core::Channel::sms;
    row.recipient = "+56967654321";
    enqueue(row);
    return start();
  }
  void end_as_accepted(StartedAttempt of, const std::string& provider_id) {
    auto result = settlement(of, AttemptOutcome::accepted, Status::accepted, noon, "");
    result.result.provider_id = provider_id;
    settle(result, run, noon + 1s);
  }
  Status status_of(const StartedAttempt& of) { return record(of.notification).status; }
};

}  // namespace

TEST_CASE("a provider's name is known whichever of several attempts ends first") {
  NamedSms store;
  const auto second = store.start_another("doc-2"), third = store.start_another("doc-3");
  store.end_as_accepted(second, "SM2");
  CHECK(store.hears("SM2") == Settled::moved);
  CHECK(store.hears("SM3") == Settled::orphan);
  store.end_as_accepted(third, "SM3");  // the orphan is settled with it
  store.end(AttemptOutcome::accepted, Status::accepted, "SM1");
  CHECK(store.hears("SM1") == Settled::moved);
  CHECK(store.status_of(second) == Status::delivered);
  CHECK(store.status_of(third) == Status::delivered);
}

TEST_CASE("a name that an attempt gets long after it ended is known, too") {
  NamedSms store;
  const auto second = store.start_another("doc-2");
  auto lost = settlement(store.attempt, AttemptOutcome::uncertain, Status::retry_wait, noon, "unknown");
  lost.again = Again::look;
  store.settle(lost, store.run);
  store.end_as_accepted(second, "SM2");
  CHECK(store.hears("SM2") == Settled::moved);  // everything up to here has been entered
  const Lane lane{store.sur, core::Channel::sms, SentBy::company};
  REQUIRE(store.queue.claim_due(lane, store.run, noon + 2s, noon + lease, 10).size() == 1);
  const Look look{store.id, Look::Answer::found, {AttemptOutcome::accepted, "lookup", 200, "", "", "SM1"}, noon, ""};
  store.queue.commit({{}, {}, {}, {look}}, store.run, noon + 3s, noon + lease);
  CHECK(store.hears("SM1") == Settled::moved);
  CHECK(store.status() == Status::delivered);
}

TEST_CASE("with its attempt a provider's name is forgotten, and another attempt of that number is known again") {
  NamedSms store;
  store.end(AttemptOutcome::accepted, Status::accepted);
  CHECK(store.hears("SM1") == Settled::moved);
  CHECK(scalar(store.file, "SELECT count(*) FROM provider_message") == "1");
  execute(store.database, "DELETE FROM attempt");
  CHECK(scalar(store.file, "SELECT count(*) FROM provider_message") == "0");
  const auto second = store.start_another("doc-2");
  CHECK(second.attempt == store.attempt.attempt);
  store.end_as_accepted(second, "SM2");
  CHECK(store.hears("SM2") == Settled::moved);
}

TEST_CASE("what servers of e-mail answer is not entered: nobody sends receipts for it") {
  StoreFixture store;
  const auto id = store.enqueue("doc-1");
  const auto run = store.queue.begin_run("process-queue", noon);
  store.queue.claim_due({store.sur, core::Channel::email, SentBy::company}, run, noon, noon + lease, 10);
  const auto attempt = store.queue.commit({{}, {}, {id}, {}}, run, noon, noon + lease).at(0);
  auto result = settlement(attempt, AttemptOutcome::accepted, Status::accepted, noon, "");
  result.result.provider_id = "4C1A";
  store.settle(result, run, noon + 1s);
  Receipt receipt;
  receipt.company = store.sur;
  receipt.channel = core::Channel::sms;
  receipt.provider_id = "4C1A";
  receipt.status = ReceiptStatus::delivered;
  CHECK(Receipts{store.database}.settle(receipt, noon + 9s) == Settled::orphan);
  CHECK(scalar(store.file, "SELECT count(*) FROM provider_message") == "0");
}
