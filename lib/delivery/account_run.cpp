#include "delivery/account_run.hpp"

#include <algorithm>

#include "delivery/guards.hpp"
#include "delivery/uncertainty.hpp"

namespace egarage::delivery {

namespace {

void count(RunSummary& summary, const store::PutBack& put_back) {
  if (put_back.next == core::Status::expired) ++summary.expired;
  if (put_back.next == core::Status::suppressed) ++summary.suppressed;
  if (put_back.next == core::Status::cancelled) ++summary.cancelled;
  if (put_back.next == core::Status::queued) ++summary.postponed;
}

}  // namespace

void AccountRun::add_lane(const store::Lane& lane) {
  if (std::ranges::find(lanes_, lane) == lanes_.end()) lanes_.push_back(lane);
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
    auto batch = claim_from(*lane);
    claim(context, batch, now);
    context.database.snapshot([&] { look_up_facts(context, batch, now); });
    accept(context, std::move(batch), now, context.surroundings.steady_now());
  }
}

void AccountRun::accept(RunContext& context, LaneClaim batch, core::Instant now, channels::SteadyTime steady) {
  claiming_ = false;
  look_again_ms_ = 0;
  if (batch.rows.size() == context.options.batch) add_lane(batch.lane);
  for (const auto& pace : batch.recipients) recipients_.learn(pace);
  seen_ = std::max(seen_, batch.seen);
  auto& company = *context.companies.find(batch.lane.company);
  for (std::size_t i = 0; i < batch.rows.size(); ++i) {
    auto& row = batch.rows[i];
    const auto silence = silence_over(row, i, batch.customers, company, now);
    auto back = turned_away(
        row,
        {company.opening_of(row.event, now), batch.suppressed[i], batch.gone[i], batch.customers.unwanted[i], silence},
        now);
    if (back) {
      put_back(context, {std::move(row), batch.lane}, *std::move(back), steady);
    } else if (row.search && row.search->looks < looks_enough) {
      reconciliation_.add({std::move(row), batch.lane});
    } else {
      pending_.push_back({std::move(row), batch.lane});
    }
  }
}

void AccountRun::put_back(RunContext& context, const Waiting& waiting, store::PutBack back,
                          channels::SteadyTime steady) {
  count(context.summary, back);
  context.log.turned_away(context.companies.find(waiting.lane.company)->slug, back);
  context.commits.add(std::move(back), steady);
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
  // Who writes to a company's own number opens a window with that number, not with the platform's.
  const auto* whatsapp = std::get_if<core::WhatsappAccount>(&account);
  if (whatsapp != nullptr && key_.company) whatsapp_ = whatsapp->messages;
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

  const auto& pace = core::pace_of(account);
  recipients_.set_spacing(pace.per_recipient);
  if (is_phone() && pace.per_recipient) {
    auto recent =
        context.paces.recent_recipients(key_, context.run, seen_, *pace.per_recipient, context.surroundings.now());
    for (const auto& one : recent.recipients) recipients_.learn(one);
    seen_ = recent.newest;
  }
  pace_ = AccountPace{pace, connections, context.wire ? AccountPace::Marks::ahead : AccountPace::Marks::at_their_time};
  if (whatsapp != nullptr) templates_ = TemplateBook{store::TemplateBlocks{context.database}.of(key_)};
  if (pace_.is_limited()) {
    const auto now_ms = context.clock.ms(context.surroundings.now(), context.surroundings.steady_now());
    pace_.add(context.paces.reserve(key_, pace, pace_.wish(pending_.size(), now_ms), now_ms));
  }
  return std::nullopt;
}

void AccountRun::close(RunContext& context) {
  sender_.reset();
  if (const auto unused = pace_.unused()) {
    context.rest_store();
    context.paces.give_back(key_, pace_.pace(), unused);
  }
  pace_ = {};
}

bool AccountRun::may_rest(const channels::Standing& standing, channels::SteadyTime steady) {
  constexpr std::chrono::seconds longest{30}, shortest{1};
  constexpr int most = 5;
  if (standing.state != channels::Standing::State::paused || !standing.retry_after) return false;
  if (*standing.retry_after > longest || rests_ >= most) return false;
  ++rests_;
  rests_until_ = steady + std::max(*standing.retry_after, shortest);
  return true;
}

void AccountRun::mark_started(const std::vector<store::StartedAttempt>& started,
                              std::vector<channels::Message>& messages, std::int64_t now_ms) {
  std::size_t next = 0;
  for (auto& [waiting, not_before_ms] : starting_) {
    const auto place = std::find_if(started.begin() + static_cast<std::ptrdiff_t>(next), started.end(),
                                    [&](const auto& one) { return one.notification == waiting.row.id; });
    if (place == started.end()) {  // taken over by another run while this one was suspended, or put off
      release(waiting.row);
      continue;
    }
    next = static_cast<std::size_t>(place - started.begin());
    if (is_phone()) recipients_.begin(waiting.row.recipient, std::max(now_ms, not_before_ms));  // commits take time
    const bool is_text = key_.channel == core::Channel::whatsapp && !messages[next].whatsapp;
    ready_.push_back({{std::move(waiting.row), waiting.lane, place->attempt,
                       is_text ? core::WhatsappMessages::text_in_window : core::WhatsappMessages::templates},
                      std::move(messages[next]),
                      not_before_ms});
  }
  starting_.clear();
}

void AccountRun::take_back(RunContext& context, Errand errand, core::Instant now, channels::SteadyTime steady) {
  if (errand.grant) pace_.add(*errand.grant);
  reconciliation_.add_ready(std::move(errand.lookups));
  if (errand.claim) accept(context, *std::move(errand.claim), now, steady);
}

void AccountRun::submit(RunContext& context, core::Instant now, channels::SteadyTime steady) {
  sender_->expect(pending_.size() + ready_.size());
  const auto now_ms = context.clock.ms(now, steady);
  const auto may_begin = [&] {
    return !ready_.empty() && ready_.front().not_before_ms <= now_ms && sender_->room() > 0 &&
           (!context.wire || context.wire->has_room());
  };
  while (may_begin()) {
    auto [flight, message, not_before_ms] = std::move(ready_.front());
    ready_.pop_front();
    const bool as_template = flight.sent_as == core::WhatsappMessages::templates;
    if (as_template && templates_.ask(flight.row.approved, now) == TemplateBook::Leave::put_off) {
      const channels::Reply not_begun{channels::Phase::connect, 0, {}, "not begun"};
      settle_flight(context, flight, channels::TemplateRefused{not_begun}, now, steady);
      continue;
    }
    if (not_before_ms > 0 && is_phone()) recipients_.begin(flight.row.recipient, now_ms);
    if (context.wire) context.wire->put_on_wire(flight.attempt);
    flights_.emplace(message.token, std::move(flight));
    sender_->submit(std::move(message));
  }
  reconciliation_.submit(*sender_);
}

void AccountRun::put_off_when_used_up(RunContext& context, core::Instant now, channels::SteadyTime steady) {
  const auto until = pace_.used_up_until();
  if (!until || (pending_.empty() && lanes_.empty())) return;
  const auto reason = pace_.used_up_reason();
  for (const auto& waiting : std::exchange(pending_, {})) {
    put_back(context, waiting, {waiting.row.id, core::Status::queued, *until, reason}, steady);
  }
  for (const auto& lane : std::exchange(lanes_, {})) {
    context.rest_store();
    context.summary.expired += context.queue.expire_lane(lane, now);
    const auto postponed = context.queue.postpone_lane(lane, now, *until, reason);
    context.log.lane_closed(context.companies.find(lane.company)->slug, postponed, *until);
    context.summary.postponed += postponed;
  }
}

void AccountRun::give_back_claims(RunContext& context, channels::SteadyTime steady) {
  for (auto& waiting : reconciliation_.take_unasked()) {
    recipients_.end(waiting.row.recipient);
    pending_.push_back(std::move(waiting));
  }
  for (const auto& waiting : pending_) {
    context.commits.add(store::PutBack{waiting.row.id, core::Status::queued, waiting.row.due_at, {}}, steady);
    add_lane(waiting.lane);
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

void AccountRun::release(const store::Claimed& row) {
  if (!is_phone()) return;
  recipients_.end(row.recipient);
  templates_.end(row.approved);
  look_again_ms_ = 0;
}

}  // namespace egarage::delivery
