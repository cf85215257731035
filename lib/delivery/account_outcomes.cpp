// What an account makes of its provider's answers.
#include "delivery/account_run.hpp"
#include "delivery/uncertainty.hpp"

namespace egarage::delivery {

void AccountRun::drive(RunContext& context, core::Instant now, channels::SteadyTime steady) {
  std::vector<channels::Result> results;
  sender_->drive(steady, results);
  for (auto& [token, outcome] : results) {
    const auto place = flights_.find(token);
    if (place == flights_.end()) continue;
    const auto* returned = std::get_if<channels::Returned>(&outcome);
    decided_something_ = decided_something_ || returned == nullptr;
    fruitless_ = decided_something_ ? std::nullopt : std::optional(returned->reply);
    settle_flight(context, place->second, outcome, now, steady);
    flights_.erase(place);
  }
  for (const auto& answer : reconciliation_.take_answers(*sender_)) {
    // A provider that answers no look must not be asked all through the run.
    decided_something_ = decided_something_ || answer.result.answer != channels::LookupResult::Answer::unanswered;
    fruitless_ = decided_something_ ? std::nullopt : std::optional(answer.result.reply);
    settle_look(context, answer, now, steady);
  }
}

void AccountRun::settle_flight(RunContext& context, const Flight& flight, const channels::Outcome& outcome,
                               core::Instant now, channels::SteadyTime steady) {
  release(flight.row);
  const auto& company = *context.companies.find(flight.lane.company);
  SettlementRules rules{retry_policy(context.options, key_.channel), core::OnUncertain::hold};
  if (std::holds_alternative<channels::Uncertain>(outcome)) {
    context.rest_store();
    rules.on_uncertain = policy_of(context, company, flight.row.event);
    rules.uncertain_before = context.queue.uncertain_attempts(flight.row.id);
  }
  rules.again_at = again_at(context, flight, outcome, now, steady);
  auto settlement = settle(flight, outcome, rules, now, context.surroundings.random());
  if (std::holds_alternative<channels::TemplateRefused>(outcome) && flight.row.approved) {
    settlement.reason = store::waits_for_template(templates_.block_of(*flight.row.approved));
  }
  context.log.settled(company.slug, flight, settlement);

  switch (settlement.result.outcome) {
    case store::AttemptOutcome::accepted:
      ++context.summary.accepted;
      note_acceptance(context, flight, now);
      break;
    case store::AttemptOutcome::uncertain:
      ++context.summary.uncertain;
      break;
    case store::AttemptOutcome::returned:
      break;
    case store::AttemptOutcome::deferred:
    case store::AttemptOutcome::rejected:
      ++(settlement.next == core::Status::failed ? context.summary.failed : context.summary.deferred);
      break;
  }
  if (const auto* rejected = std::get_if<channels::Rejected>(&outcome)) note_refusal(context, flight, *rejected, now);
  if (failed_before_ && settlement.result.outcome != store::AttemptOutcome::returned) note_success(context, now);
  if (context.wire) context.wire->answered(settlement);
  context.commits.add(std::move(settlement), steady);
}

/// When a refused message may try again, where that does not follow from its attempts; what else the refusal stops is
/// noted.
std::optional<core::Instant> AccountRun::again_at(RunContext& context, const Flight& flight,
                                                  const channels::Outcome& outcome, core::Instant now,
                                                  channels::SteadyTime steady) {
  using Scope = channels::Deferred::Scope;
  const auto* deferred = std::get_if<channels::Deferred>(&outcome);
  if (deferred != nullptr && deferred->scope == Scope::recipient) {
    const auto pace = recipients_.throttled(flight.row.recipient, context.clock.ms(now, steady));
    context.rest_store();
    context.paces.put(key_, pace);
    return pace.next_at;
  }
  // Only once: a template that is told the same waits like every refused message.
  if (deferred != nullptr && deferred->scope == Scope::window && flight.row.approved &&
      flight.sent_as == core::WhatsappMessages::text_in_window) {
    context.rest_store();
    context.directory.forget_inbound(flight.lane.company, key_.channel, flight.row.recipient);
    return now;
  }
  const auto* refused = std::get_if<channels::TemplateRefused>(&outcome);
  if (refused == nullptr) return std::nullopt;
  if (!flight.row.approved) return now + std::chrono::hours{1};
  const bool is_known = templates_.ask(flight.row.approved, now) == TemplateBook::Leave::put_off;
  const auto& block =
      templates_.refused(*flight.row.approved, describe(refused->reply), now, context.surroundings.random());
  if (is_known) return block.retry_at;  // several were under way
  context.rest_store();
  store::TemplateBlocks{context.database}.put(key_, block, now);
  context.log.template_refused(name_, block);
  return block.retry_at;
}

void AccountRun::note_refusal(RunContext& context, const Flight& flight, const channels::Rejected& rejected,
                              core::Instant now) {
  using Reason = channels::Rejected::Reason;
  if (rejected.reason == Reason::message) return;
  std::string_view why = "dead address: ";
  if (rejected.reason == Reason::opt_out) why = "opted out: ";
  if (rejected.reason == Reason::promotion_opt_out) why = "opted out of promotion: ";
  context.rest_store();
  context.directory.suppress(flight.lane.company, key_.channel, flight.row.recipient,
                             rejected.reason == Reason::promotion_opt_out ? store::SuppressionScope::promotional
                                                                          : store::SuppressionScope::all,
                             std::string{why} + describe(rejected.reply), now);
  context.log.address_suppressed(context.companies.find(flight.lane.company)->slug, flight);
}

void AccountRun::note_acceptance(RunContext& context, const Flight& flight, core::Instant now) {
  rests_ = 0;
  if (!is_phone()) return;
  if (const auto pace = recipients_.succeeded(flight.row.recipient)) {
    context.rest_store();
    context.paces.put(key_, *pace);
  }
  // A text says nothing about the template.
  if (flight.sent_as == core::WhatsappMessages::templates && templates_.taken(flight.row.approved)) {
    context.rest_store();
    store::TemplateBlocks{context.database}.lift(key_, *flight.row.approved, now);
    context.log.template_ok(name_, *flight.row.approved);
  }
}

void AccountRun::settle_look(RunContext& context, const Reconciliation::Answer& answer, core::Instant now,
                             channels::SteadyTime steady) {
  recipients_.end(answer.waiting.row.recipient);
  look_again_ms_ = 0;
  auto look = look_of(answer, now);
  if (look.answer == store::Look::Answer::found) ++context.summary.accepted;
  context.log.looked_for(context.companies.find(answer.waiting.lane.company)->slug, look, answer.result.matches);
  context.commits.add(std::move(look), steady);
}

void AccountRun::note_success(RunContext& context, core::Instant now) {
  failed_before_ = false;
  context.rest_store();
  store::AccountHealth healthy;
  healthy.pipelining_broken = context.directory.account_health(key_).pipelining_broken;
  context.directory.set_account_health(key_, healthy, context.run, now);
  context.log.account_recovered(name_);
}

}  // namespace egarage::delivery
