#pragma once

#include "store/receipts.hpp"
#include "store_fixture.hpp"

namespace egarage::store {

/// One SMS of the company `sur`, sent and settled as a test wants.
struct SentSms : StoreFixture {
  SentSms() : receipts(database) {
    Directory directory(database);
    auto with_sms = company("sur");
    with_sms.accounts.sms = core::SmsAccount{};
    directory.upsert_company(with_sms, noon);
    auto row = make("doc-1");
    row.channel = core::Channel::sms;
    row.recipient = "+56961234567";
    id = enqueue(row);
    run = queue.begin_run("process-queue", noon);
    attempt = start();
  }
  StartedAttempt start() {
    Queue::Changes changes;
    for (const auto& one : queue.claim_due({sur, core::Channel::sms, SentBy::company}, run, noon, noon + lease, 10))
      changes.starts.push_back(one.id);
    return queue.commit(changes, run, noon, noon + lease).at(0);
  }
  void end(AttemptOutcome outcome, core::Status next, const std::string& provider_id = "SM1") {
    auto result = settlement(attempt, outcome, next, noon + std::chrono::seconds{60}, "because");
    result.result.provider_id = outcome == AttemptOutcome::accepted ? provider_id : "";
    settle(result, run, noon + std::chrono::seconds{1});
  }
  Receipt says(ReceiptStatus status, ReceiptFailure failure = ReceiptFailure::message) const {
    Receipt receipt;
    receipt.company = sur;
    receipt.channel = core::Channel::sms;
    receipt.provider_id = "SM1";
    receipt.status = status;
    receipt.failure = failure;
    receipt.code = status == ReceiptStatus::failed ? 30005 : 0;
    receipt.said_at = noon + std::chrono::seconds{5};
    return receipt;
  }
  /// The same, naming our attempt, too.
  Receipt names(ReceiptStatus status, ReceiptFailure failure = ReceiptFailure::message) const {
    auto receipt = says(status, failure);
    receipt.attempt = attempt.attempt;
    return receipt;
  }
  core::Status status() { return record(id).status; }

  Receipts receipts;
  NotificationId id;
  RunId run;
  StartedAttempt attempt;
};

}  // namespace egarage::store
