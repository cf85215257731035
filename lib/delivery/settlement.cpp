#include "delivery/settlement.hpp"

#include <fmt/format.h>

#include "delivery/uncertainty.hpp"

namespace egarage::delivery {

namespace {

using core::Status;
using store::AttemptOutcome;

store::AttemptResult record(AttemptOutcome outcome, const channels::Reply& reply, std::string provider_id = {}) {
  return {outcome,    std::string{core::name_of(channels::phase_names, reply.phase)},
          reply.code, reply.enhanced,
          reply.text, std::move(provider_id)};
}

/// Turns each outcome into a settlement; one overload an outcome.
class Settling {
 public:
  Settling(const Flight& flight, const SettlementRules& rules, core::Instant now, double random)
      : flight_(flight), rules_(rules), now_(now), random_(random) {}

  store::Settlement operator()(const channels::Accepted& accepted) const {
    return with(record(AttemptOutcome::accepted, accepted.reply, accepted.provider_id), Status::accepted, now_, {});
  }

  store::Settlement operator()(const channels::Deferred& deferred) const {
    const int attempts = flight_.row.attempts + 1;
    auto result = record(AttemptOutcome::deferred, deferred.reply);
    const auto next = next_attempt(rules_.retry, attempts, flight_.row.created_at, now_, deferred.retry_after, random_);
    if (!next) {
      return with(std::move(result), Status::failed, now_,
                  fmt::format("given up after {} attempts: {}", attempts, describe(deferred.reply)));
    }
    return with(std::move(result), Status::retry_wait, rules_.again_at.value_or(*next), describe(deferred.reply));
  }

  store::Settlement operator()(const channels::Rejected& rejected) const {
    return with(record(AttemptOutcome::rejected, rejected.reply), Status::failed, now_, describe(rejected.reply));
  }

  store::Settlement operator()(const channels::Uncertain& uncertain) const {
    const auto after =
        after_uncertain(rules_.on_uncertain, flight_.lane.channel, rules_.retry.max_uncertain,
                        rules_.uncertain_before + 1, now_, backoff(rules_.retry, flight_.row.attempts + 1, random_));
    auto settlement = with(record(AttemptOutcome::uncertain, uncertain.reply), after.next, after.due_at,
                           fmt::format("{}: {}", after.reason, describe(uncertain.reply)));
    settlement.again = after.again;
    return settlement;
  }

  store::Settlement operator()(const channels::Returned& returned) const {
    // A server that ends the conversation over this very message must not meet it again first thing in every run.
    const bool answered_this_message =
        returned.reply.code == 421 &&
        (returned.reply.phase == channels::Phase::recipient || returned.reply.phase == channels::Phase::data);
    if (answered_this_message) return (*this)(channels::Deferred{returned.reply, {}});
    return with(record(AttemptOutcome::returned, returned.reply), Status::queued, now_, describe(returned.reply));
  }

  store::Settlement operator()(const channels::TemplateRefused& refused) const {
    return with(record(AttemptOutcome::returned, refused.reply), Status::queued, rules_.again_at.value_or(now_),
                describe(refused.reply));
  }

 private:
  store::Settlement with(store::AttemptResult result, Status next, core::Instant due_at, std::string reason) const {
    return {flight_.row.id, flight_.attempt, std::move(result), next, due_at, std::move(reason), store::Again::send};
  }

  const Flight& flight_;
  const SettlementRules& rules_;
  core::Instant now_;
  double random_;
};

}  // namespace

store::Settlement settle(const Flight& flight, const channels::Outcome& outcome, const SettlementRules& rules,
                         core::Instant now, double random) {
  return std::visit(Settling{flight, rules, now, random}, outcome);
}

std::string describe(const channels::Reply& reply) {
  std::string line{core::name_of(channels::phase_names, reply.phase)};
  if (reply.code != 0) line += fmt::format(" {}", reply.code);
  if (!reply.text.empty()) line += fmt::format(": {}", reply.text);
  return line;
}

}  // namespace egarage::delivery
