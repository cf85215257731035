// Which of an account's claimed rows may go out now.
#include <algorithm>
#include <limits>

#include "delivery/account_run.hpp"
#include "delivery/guards.hpp"
#include "delivery/uncertainty.hpp"

namespace egarage::delivery {

namespace {

/// Until something is answered.
constexpr auto no_time = std::numeric_limits<std::int64_t>::max();

}  // namespace

Letterhead AccountRun::letterhead_for(const RunContext& context, const store::Claimed& row,
                                      const CompanyFacts& company) const {
  const bool from_platform = core::traits(row.event).audience == core::Audience::company_admin;
  return {from_platform ? &context.platform_brand : &company.brand, company.zone, unsubscribe_, whatsapp_};
}

core::OnUncertain AccountRun::policy_of(const RunContext& context, const CompanyFacts& company,
                                        core::Event event) const {
  const auto policy = on_uncertain(context.options, company.on_uncertain_of(event), key_.channel);
  return policy == core::OnUncertain::reconcile && !sender_->can_look_up() ? core::OnUncertain::hold : policy;
}

bool AccountRun::runs_short(RunContext& context, std::int64_t now_ms, channels::SteadyTime steady) const {
  if (sender_->room() > reconciliation_.ready() && reconciliation_.can_begin(recipients_)) return true;
  if (pending_.empty()) return false;
  if (pace_.wish(pending_.size(), now_ms) > 0) return true;
  if (now_ms < look_again_ms_) return false;
  if (pace_.marks_ahead()) {
    // In the commit that records what became of the last ones; but nobody waits for a slow answer.
    return ready_.empty() && places(context, now_ms) > 0 && (flights_.empty() || pace_.permits(now_ms) > 0);
  }
  if (pace_.is_limited() && !pace_.is_behind(now_ms)) {
    // All connections at a time: a commit for each message would cost more than the message.
    const auto some = std::min({pace_.permits(now_ms), pending_.size(), std::max<std::size_t>(connections_, 1)});
    const auto free = places(context, now_ms);
    return some > 0 && (free >= some || (free > 0 && is_idle()));
  }
  const auto ahead = context.commits.ahead();
  if (!ready_.empty()) return 4 * ready_.size() < 3 * ahead;
  if (sender_->room() == 0) return false;
  return !is_for_free_places_only(context, pending_.front()) || flights_.empty() ||
         steady >= context.commits.worth_it_at();
}

bool AccountRun::is_for_free_places_only(RunContext& context, const Waiting& waiting) const {
  if (context.wire) return false;
  const auto& company = *context.companies.find(waiting.lane.company);
  return policy_of(context, company, waiting.row.event) == core::OnUncertain::hold;
}

/// How many more may be marked.
std::size_t AccountRun::places(const RunContext& context, std::int64_t now_ms) const {
  const auto room = sender_->room();
  if (pace_.marks_ahead()) {
    // Not before the account has proved to work, nor while its connections do not keep up.
    if (!decided_something_) return std::min(room > ready_.size() ? room - ready_.size() : 0, pace_.unused());
    const bool keeps_up = ready_.size() < connections_ && (room > 0 || marked() > 0);
    return keeps_up ? std::min(pace_.unused(), pace_.portion()) : 0;
  }
  const bool hurries = !pace_.is_limited() || pace_.is_behind(now_ms);
  const bool ahead = hurries && (room > 0 || marked() > 0);
  const auto places = room + (ahead ? context.commits.ahead() : 0);
  return std::min(places > ready_.size() ? places - ready_.size() : 0, pace_.permits(now_ms));
}

std::optional<store::PutBack> AccountRun::turned_back(CompanyFacts& company, const Waiting& waiting,
                                                      core::Instant now) const {
  const auto& row = waiting.row;
  if (auto late = too_late(row, now)) return late;
  if (const auto& opening = company.opening_of(row.event, now); !opening.open) {
    return store::PutBack{row.id, core::Status::queued, opening.change, std::string{outside_hours}};
  }
  if (templates_.ask(row.approved, now) != TemplateBook::Leave::put_off) return std::nullopt;
  const auto& block = templates_.block_of(*row.approved);
  return store::PutBack{row.id, core::Status::queued, block.retry_at, store::waits_for_template(block)};
}

std::optional<std::int64_t> AccountRun::waits_until(const Waiting& waiting, core::Instant now,
                                                    std::int64_t now_ms) const {
  // Longer waits can only be the work of a clock that was wrong.
  constexpr auto longest = std::chrono::milliseconds{std::chrono::hours{25}};
  const auto& recipient = waiting.row.recipient;
  if (recipients_.is_busy(recipient) || templates_.ask(waiting.row.approved, now) == TemplateBook::Leave::wait) {
    return no_time;
  }
  const auto next = recipients_.next_ms(recipient);
  return next > now_ms && next <= now_ms + longest.count() ? std::optional(next) : std::nullopt;
}

void AccountRun::choose_starts(RunContext& context, core::Instant now, channels::SteadyTime steady,
                               std::size_t at_most) {
  constexpr std::int64_t longest_wait_ms = 10'000;  // in memory
  const auto now_ms = context.clock.ms(now, steady);
  auto wanted = std::min(at_most, places(context, now_ms));
  std::vector<Waiting> kept;
  std::unordered_map<std::string, std::int64_t> kept_for;
  auto earliest = no_time;
  const auto begin_times = pace_.marks_ahead() ? pace_.begin_times() : std::vector<std::int64_t>{};
  while (wanted > 0 && !pending_.empty()) {
    auto waiting = std::move(pending_.front());
    pending_.pop_front();
    auto& company = *context.companies.find(waiting.lane.company);
    const auto begins_ms = begin_times.empty() ? 0 : begin_times[std::min(starting_.size(), begin_times.size() - 1)];
    if (auto back = turned_back(company, waiting, std::max(now, second_of(begins_ms)))) {
      put_back(context, waiting, *std::move(back), steady);
      continue;
    }
    if (const auto until = is_phone() ? waits_until(waiting, now, now_ms) : std::nullopt) {
      auto& before = kept_for[waiting.row.recipient];
      const auto turn = (*until == no_time ? now_ms : *until) + before * recipients_.spacing_ms();
      if (turn - now_ms > longest_wait_ms) {
        put_back(context, waiting,
                 {waiting.row.id, core::Status::queued, second_of(turn), "the recipient's last message is too recent"},
                 steady);
        continue;
      }
      ++before;
      earliest = std::min(earliest, *until);
      kept.push_back(std::move(waiting));
      continue;
    }
    if (ready_.size() + starting_.size() >= sender_->room() && is_for_free_places_only(context, waiting)) {
      pending_.push_front(std::move(waiting));
      break;
    }
    if (is_phone()) {
      templates_.begin(waiting.row.approved);
      recipients_.begin(waiting.row.recipient, std::max(now_ms, begins_ms));
    }
    note_limit(context.limited, waiting.row, company);
    context.commits.add_start(waiting.row.id, letterhead_for(context, waiting.row, company));
    starting_.push_back({std::move(waiting), begins_ms});
    --wanted;
  }
  if (pace_.is_limited()) pace_.take(starting_.size());
  look_again_ms_ = pending_.empty() && !kept.empty() ? earliest : 0;
  pending_.insert(pending_.begin(), std::make_move_iterator(kept.begin()), std::make_move_iterator(kept.end()));
}

Errand AccountRun::errand(RunContext& context, core::Instant now, channels::SteadyTime steady) {
  Errand errand{this, key_, pace_.pace()};
  const auto now_ms = context.clock.ms(now, steady);
  errand.permits_wanted = pace_.wish(pending_.size() + (lanes_.empty() ? 0 : context.options.batch), now_ms);
  if (pending_.empty()) errand.permits_wanted = 0;
  sort_searches(context, steady);
  const auto room = sender_->room(), taken = std::min(room, reconciliation_.ready());
  for (const auto& waiting : reconciliation_.choose(room - taken, recipients_)) {
    const auto& company = *context.companies.find(waiting.lane.company);
    errand.looks.push_back({waiting.row.id, letterhead_for(context, waiting.row, company)});
  }
  return errand;
}

/// Searches that are no longer wanted, or that this account's provider cannot do.
void AccountRun::sort_searches(RunContext& context, channels::SteadyTime steady) {
  if (!reconciliation_.has_waiting()) return;
  for (auto& waiting : reconciliation_.take_waiting()) {
    const auto& company = *context.companies.find(waiting.lane.company);
    switch (policy_of(context, company, waiting.row.event)) {
      case core::OnUncertain::reconcile:
        reconciliation_.add(std::move(waiting));
        break;
      case core::OnUncertain::resend:
        pending_.push_back(std::move(waiting));
        break;
      case core::OnUncertain::hold:
        put_back(context, waiting,
                 {waiting.row.id, core::Status::held, waiting.row.due_at,
                  "an attempt's result is unknown, and the provider cannot be asked for it"},
                 steady);
    }
  }
}

void AccountRun::add_waits(const RunContext& context, std::int64_t now_ms, channels::WaitList& waits) const {
  sender_->add_waits(waits);
  if (!ready_.empty() && ready_.front().not_before_ms > now_ms) {
    waits.wake_by(context.clock.steady_at(ready_.front().not_before_ms));
  }
  if (pending_.empty()) return;
  if (const auto next = pace_.next_ms(now_ms); next && pace_.permits(now_ms) == 0) {
    waits.wake_by(context.clock.steady_at(*next));
  }
  if (look_again_ms_ > now_ms && look_again_ms_ != no_time) waits.wake_by(context.clock.steady_at(look_again_ms_));
}

}  // namespace egarage::delivery
