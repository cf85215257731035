#include "delivery/account_run.hpp"

#include <algorithm>

#include "delivery/guards.hpp"

namespace egarage::delivery {

namespace {

void count(RunSummary& summary, const store::PutBack& put_back) {
  if (put_back.next == core::Status::expired) ++summary.expired;
  if (put_back.next == core::Status::suppressed) ++summary.suppressed;
  if (put_back.next == core::Status::queued) ++summary.postponed;
}

}  // namespace

void claim(RunContext& context, LaneClaim& claim, core::Instant now) {
  claim.rows =
      context.queue.claim_due(claim.lane, context.run, now, now + context.options.lease, context.options.batch);
}

void look_up_suppressions(RunContext& context, LaneClaim& batch) {
  for (const auto& row : batch.rows) {
    batch.suppressed.push_back(context.directory.suppression(batch.lane.company, batch.lane.channel, row.recipient,
                                                             core::traits(row.event).event_class));
  }
}

std::optional<store::Lane> AccountRun::take_open_lane(RunContext& context, core::Instant now) {
  while (!lanes_.empty()) {
    const auto lane = lanes_.front();
    lanes_.pop_front();
    auto& company = *context.companies.find(lane.company);
    const auto& opening = company.opening_now(now);
    if (opening.open) {
      claiming_ = true;
      return lane;
    }
    context.rest_store();
    const auto expired = context.queue.expire_lane(lane, now);
    const auto postponed = context.queue.postpone_lane(lane, now, opening.change, outside_hours);
    context.log.lane_expired(company.slug, expired);
    context.log.lane_closed(company.slug, postponed, opening.change);
    context.summary.expired += expired;
    context.summary.postponed += postponed;
  }
  return std::nullopt;
}

void AccountRun::refill(RunContext& context, core::Instant now) {
  while (!has_claims()) {
    const auto lane = take_open_lane(context, now);
    if (!lane) return;
    context.rest_store();
    LaneClaim batch{*lane, {}, {}};
    claim(context, batch, now);
    context.database.snapshot([&] { look_up_suppressions(context, batch); });
    accept(context, std::move(batch), now, context.surroundings.steady_now());
  }
}

void AccountRun::accept(RunContext& context, LaneClaim batch, core::Instant now, channels::SteadyTime steady) {
  claiming_ = false;
  if (batch.rows.size() == context.options.batch) lanes_.push_back(batch.lane);
  auto& company = *context.companies.find(batch.lane.company);
  for (std::size_t i = 0; i < batch.rows.size(); ++i) {
    auto put_back = turned_away(batch.rows[i], {company.opening_now(now), batch.suppressed[i]}, now);
    if (!put_back) {
      pending_.push_back({std::move(batch.rows[i]), batch.lane});
      continue;
    }
    context.log.turned_away(company.slug, *put_back);
    count(context.summary, *put_back);
    context.commits.add(std::move(*put_back), steady);
  }
}

std::size_t AccountRun::wanted_connections(std::size_t at_most) const {
  if (!lanes_.empty()) return at_most;
  return std::clamp<std::size_t>((pending_.size() + 3) / 4, 1, at_most);
}

std::optional<std::string> AccountRun::open(RunContext& context, channels::Network& network,
                                            const core::Account& account, std::size_t connections) {
  const auto health = context.directory.account_health(key_);
  failed_before_ = health.failures > 0;
  connections_ = connections;
  if (const auto* email = std::get_if<core::EmailAccount>(&account)) unsubscribe_ = email->unsubscribe;
  const auto remember_pipelining = [this, &context] {
    context.rest_store();
    auto known = context.directory.account_health(key_);
    known.pipelining_broken = true;
    context.directory.set_account_health(key_, known, context.run, context.surroundings.now());
    context.log.pipelining_failed(name_);
  };
  auto opened = context.surroundings.open_sender(
      network, SenderRequest{account, connections, !health.pipelining_broken, remember_pipelining});
  if (auto* why_not = std::get_if<std::string>(&opened)) return std::move(*why_not);
  sender_ = std::move(std::get<std::unique_ptr<channels::Sender>>(opened));
  return std::nullopt;
}

Letterhead AccountRun::letterhead_for(const RunContext& context, const store::Claimed& row,
                                      const CompanyFacts& company) const {
  const bool from_platform = core::traits(row.event).audience == core::Audience::company_admin;
  return {from_platform ? &context.platform_brand : &company.brand, company.zone, unsubscribe_};
}

void AccountRun::choose_starts(RunContext& context, core::Instant now, channels::SteadyTime steady,
                               std::size_t at_most) {
  const auto places = sender_->room() + (sender_->room() > 0 || marked() > 0 ? context.commits.ahead() : 0);
  auto wanted = std::min(at_most, places > ready_.size() ? places - ready_.size() : 0);
  while (wanted > 0 && !pending_.empty()) {
    auto waiting = std::move(pending_.front());
    pending_.pop_front();
    auto& company = *context.companies.find(waiting.lane.company);
    const auto& opening = company.opening_now(now);
    auto put_back = too_late(waiting.row, now);
    if (!put_back && !opening.open) {
      put_back =
          store::PutBack{waiting.row.id, core::Status::queued, opening.change, "outside the company's sending hours"};
    }
    if (put_back) {
      count(context.summary, *put_back);
      context.log.turned_away(company.slug, *put_back);
      context.commits.add(std::move(*put_back), steady);
      continue;
    }
    context.commits.add_start(waiting.row.id, letterhead_for(context, waiting.row, company));
    starting_.push_back(std::move(waiting));
    --wanted;
  }
}

void AccountRun::mark_started(const std::vector<store::StartedAttempt>& started,
                              std::vector<channels::Message>& messages) {
  std::size_t next = 0;
  for (auto& waiting : starting_) {
    const auto place = std::find_if(started.begin() + static_cast<std::ptrdiff_t>(next), started.end(),
                                    [&](const auto& one) { return one.notification == waiting.row.id; });
    if (place == started.end()) continue;  // taken over by another run while this one was suspended
    next = static_cast<std::size_t>(place - started.begin());
    ready_.push_back({{std::move(waiting.row), waiting.lane, place->attempt}, std::move(messages[next])});
  }
  starting_.clear();
}

void AccountRun::submit() {
  sender_->expect(pending_.size() + ready_.size());
  while (!ready_.empty() && sender_->room() > 0) {
    auto [flight, message] = std::move(ready_.front());
    ready_.pop_front();
    flights_.emplace(message.token, std::move(flight));
    sender_->submit(std::move(message));
  }
}

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
}

void AccountRun::give_back_claims(RunContext& context, channels::SteadyTime steady) {
  for (const auto& waiting : pending_) {
    context.commits.add(store::PutBack{waiting.row.id, core::Status::queued, waiting.row.due_at, {}}, steady);
  }
  pending_.clear();
}

void AccountRun::give_back_marked(RunContext& context, core::Instant now, channels::SteadyTime steady) {
  for (const auto& ready : ready_) {
    settle_flight(context, ready.flight, channels::Returned{{channels::Phase::connect, 0, {}, "not begun"}}, now,
                  steady);
  }
  ready_.clear();
}

void AccountRun::settle_flight(RunContext& context, const Flight& flight, const channels::Outcome& outcome,
                               core::Instant now, channels::SteadyTime steady) {
  int uncertain_before = 0;
  if (std::holds_alternative<channels::Uncertain>(outcome)) {
    context.rest_store();
    uncertain_before = context.queue.uncertain_attempts(flight.row.id);
  }
  auto settlement =
      settle(flight, outcome, context.options.retry, uncertain_before, now, context.surroundings.random());
  const auto& slug = context.companies.find(flight.lane.company)->slug;
  context.log.settled(slug, flight, settlement);

  switch (settlement.result.outcome) {
    case store::AttemptOutcome::accepted:
      ++context.summary.accepted;
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
  if (const auto* rejected = std::get_if<channels::Rejected>(&outcome);
      rejected != nullptr && rejected->reason != channels::Rejected::Reason::message) {
    const bool opted_out = rejected->reason == channels::Rejected::Reason::opt_out;
    context.rest_store();
    context.directory.suppress(flight.lane.company, flight.lane.channel, flight.row.recipient,
                               store::SuppressionScope::all,
                               (opted_out ? "opted out: " : "dead address: ") + describe(rejected->reply), now);
    context.log.address_suppressed(slug, flight);
  }
  if (failed_before_ && settlement.result.outcome != store::AttemptOutcome::returned) note_success(context, now);
  context.commits.add(std::move(settlement), steady);
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
