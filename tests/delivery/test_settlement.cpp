#include "delivery/settlement.hpp"

#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::delivery;
using namespace std::chrono_literals;
using channels::Phase;
using channels::Reply;
using core::Status;
using store::AttemptOutcome;

namespace {

const core::Instant now{1'800'000'000s};

Flight flight_after(int attempts) {
  Flight flight;
  flight.row.id = {12};
  flight.row.created_at = now - 1h;
  flight.row.due_at = now;
  flight.row.attempts = attempts;
  flight.attempt = {34};
  return flight;
}

store::Settlement settled(const channels::Outcome& outcome, int attempts = 0, int uncertain_before = 0) {
  const RetryPolicy retry;
  return settle(flight_after(attempts), outcome, {retry, core::OnUncertain::resend, uncertain_before}, now, 0.5);
}

}  // namespace

TEST_CASE("each outcome leads to one state") {
  struct Row {
    const char* what;
    channels::Outcome outcome;
    int attempts, uncertain_before;
    AttemptOutcome recorded;
    Status next;
    std::chrono::seconds wait;
  };
  const Reply reply{Phase::end_of_data, 451, "4.3.0", "try later"};
  const Row rows[] = {
      {"taken", channels::Accepted{reply, "id"}, 0, 0, AttemptOutcome::accepted, Status::accepted, 0s},
      {"refused for now", channels::Deferred{reply, {}}, 0, 0, AttemptOutcome::deferred, Status::retry_wait, 5min},
      {"refused again", channels::Deferred{reply, {}}, 1, 0, AttemptOutcome::deferred, Status::retry_wait, 10min},
      {"its own wish", channels::Deferred{reply, 2h}, 0, 0, AttemptOutcome::deferred, Status::retry_wait, 2h},
      {"refused too often", channels::Deferred{reply, {}}, 25, 0, AttemptOutcome::deferred, Status::failed, 0s},
      {"refused for good", channels::Rejected{reply, {}}, 0, 0, AttemptOutcome::rejected, Status::failed, 0s},
      {"unknown", channels::Uncertain{reply}, 0, 0, AttemptOutcome::uncertain, Status::retry_wait, 5min},
      {"unknown twice", channels::Uncertain{reply}, 1, 1, AttemptOutcome::uncertain, Status::retry_wait, 10min},
      {"unknown three times", channels::Uncertain{reply}, 2, 2, AttemptOutcome::uncertain, Status::held, 0s},
      {"its connection ended", channels::Returned{{Phase::mail, 0, {}, "closed"}}, 3, 0, AttemptOutcome::returned,
       Status::queued, 0s},
      {"shut down before its turn", channels::Returned{{Phase::mail, 421, {}, "shutting down"}}, 3, 0,
       AttemptOutcome::returned, Status::queued, 0s},
  };
  for (const auto& row : rows) {
    INFO(row.what);
    const auto settlement = settled(row.outcome, row.attempts, row.uncertain_before);
    CHECK(settlement.notification.value == 12);
    CHECK(settlement.attempt.value == 34);
    CHECK(settlement.result.outcome == row.recorded);
    CHECK(settlement.next == row.next);
    CHECK(settlement.due_at == now + row.wait);
  }
}

TEST_CASE("a message over which the server ends the conversation does not come first again at once") {
  const auto settlement = settled(channels::Returned{{Phase::recipient, 421, "4.7.0", "go away"}});
  CHECK(settlement.result.outcome == AttemptOutcome::deferred);
  CHECK(settlement.next == Status::retry_wait);
  CHECK(settlement.due_at == now + 5min);
}

TEST_CASE("the reason tells phase, code and text") {
  const auto settlement = settled(channels::Rejected{{Phase::recipient, 550, "5.1.1", "5.1.1 no such user"}, {}});
  CHECK(settlement.reason == "recipient 550: 5.1.1 no such user");
  CHECK(settlement.result.phase == "recipient");
  CHECK(settlement.result.enhanced == "5.1.1");
  CHECK(settled(channels::Accepted{}).reason.empty());
}

TEST_CASE("what an unknown result leads to is a matter of policy") {
  using core::Channel;
  using core::OnUncertain;
  struct Row {
    OnUncertain policy;
    Channel channel;
    int uncertain_before;
    Status next;
    std::chrono::seconds wait;
    store::Again again;
    const char* reason;
  };
  const Row rows[] = {
      {OnUncertain::resend, Channel::email, 0, Status::retry_wait, 5min, store::Again::send, "same Message-ID"},
      {OnUncertain::resend, Channel::sms, 0, Status::retry_wait, 5min, store::Again::send, "will be sent again"},
      {OnUncertain::resend, Channel::sms, 2, Status::held, 0s, store::Again::send, "3 attempts"},
      {OnUncertain::reconcile, Channel::sms, 0, Status::retry_wait, 60s, store::Again::look, "will be asked"},
      {OnUncertain::reconcile, Channel::sms, 2, Status::held, 0s, store::Again::send, "3 attempts"},
      {OnUncertain::hold, Channel::whatsapp, 0, Status::held, 0s, store::Again::send, "a receipt or an operator"},
      {OnUncertain::hold, Channel::email, 0, Status::held, 0s, store::Again::send, "a receipt or an operator"},
  };
  for (const auto& row : rows) {
    INFO(row.reason);
    auto flight = flight_after(row.uncertain_before);
    flight.lane.channel = row.channel;
    RetryPolicy retry;
    retry.longest = 5min;
    const auto settlement = settle(flight, channels::Uncertain{}, {retry, row.policy, row.uncertain_before}, now, 0.5);
    CHECK(settlement.next == row.next);
    CHECK(settlement.due_at == now + row.wait);
    CHECK(settlement.again == row.again);
    CHECK(settlement.reason.find(row.reason) != std::string::npos);
    CHECK((settlement.reason.find("Message-ID") != std::string::npos) ==
          (row.channel == Channel::email && row.policy == OnUncertain::resend));
  }
}

TEST_CASE("a refusal whose time is known waits until then, unless it has been tried too often") {
  const RetryPolicy retry;
  const SettlementRules rules{retry, core::OnUncertain::hold, 0, now + 16s};
  CHECK(settle(flight_after(0), channels::Deferred{}, rules, now, 0.5).due_at == now + 16s);
  CHECK(settle(flight_after(25), channels::Deferred{}, rules, now, 0.5).next == Status::failed);
  const auto refused = settle(flight_after(0), channels::TemplateRefused{}, rules, now, 0.5);
  CHECK(refused.next == Status::queued);
  CHECK(refused.due_at == now + 16s);
  CHECK(refused.result.outcome == AttemptOutcome::returned);
}
