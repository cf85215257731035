// How a run and its store take turns.
#include <algorithm>

#include "delivery/run.hpp"

namespace egarage::delivery {

bool Run::may_refill(const AccountRun& account) const {
  return !winding_down_ && account.has_lanes() && !account.is_claiming() &&
         account.claims() < context_.options.batch / 2 && waiting_.empty() &&
         account.standing().state == channels::Standing::State::ok;
}

void Run::begin_commit(core::Instant now, channels::SteadyTime steady) {
  std::vector<Errand> errands;
  if (!winding_down_) {
    choose_starts(now, steady);
    for (auto& account : active_) {
      if (account.standing().state != channels::Standing::State::ok) continue;
      auto errand = account.errand(context_, now, steady);
      if (may_refill(account)) {
        if (const auto lane = account.take_open_lane(context_, now)) errand.claim.emplace(account.claim_from(*lane));
      }
      if (!errand.empty()) errands.push_back(std::move(errand));
    }
  }
  if (context_.commits.empty() && errands.empty()) return;
  commit_.emplace(Commit{context_.commits.take(steady), context_.commits.take_letterheads(), std::move(errands),
                         std::exchange(context_.limited, {})});
  if (context_.wire) context_.wire->begin_commit();
  worker_.begin([this, now, ms = context_.clock.ms(now, steady)] { write(context_, *commit_, now, ms); });
}

std::chrono::milliseconds Run::commit_window() const {
  const bool is_paced = context_.wire && std::ranges::all_of(active_, &AccountRun::is_paced);
  return is_paced ? GroupCommit::paced_window : GroupCommit::window;
}

void Run::collect_commit(channels::SteadyTime steady, Patience patience) {
  if (!commit_ || (patience == Patience::none && worker_.is_busy())) return;
  worker_.wait();
  context_.commits.written(steady);
  report_over_limit(context_, *commit_);
  if (context_.wire) context_.wire->committed(commit_->changes.settlements);
  starts_ += commit_->started.size();
  const auto now = context_.surroundings.now();
  const auto now_ms = context_.clock.ms(now, steady);
  for (auto& account : active_) account.mark_started(commit_->started, commit_->messages, now_ms);
  for (auto& errand : commit_->errands) {
    auto& account = *errand.account;
    account.take_back(context_, std::move(errand), now, steady);
  }
  fallbacks_may_wait_ = fallbacks_may_wait_ || commit_->may_wake_fallbacks();
  commit_.reset();
  look_for_fallbacks(now, steady);
}

void Run::look_for_fallbacks(core::Instant now, channels::SteadyTime steady) {
  if (!fallbacks_may_wait_ || winding_down_ || steady < next_look_for_fallbacks_) return;
  fallbacks_may_wait_ = false;
  next_look_for_fallbacks_ = steady + std::chrono::seconds{1};
  find_work(now);
}

void Run::commit_and_wait(core::Instant now, channels::SteadyTime steady) {
  collect_commit(steady, Patience::wait);
  begin_commit(now, steady);
  collect_commit(steady, Patience::wait);
}

void Run::choose_starts(core::Instant now, channels::SteadyTime steady) {
  std::size_t marked = 0, connections = 0;
  for (const auto& account : active_) {
    marked += account.marked();
    connections += account.connections();
  }
  const auto bound = connections + GroupCommit::largest_group;
  auto allowance = bound > marked ? bound - marked : 0;
  if (context_.options.limit) allowance = std::min(allowance, *context_.options.limit - starts_);
  for (auto& account : active_) {
    const auto before = context_.commits.starts();
    account.choose_starts(context_, now, steady, allowance);
    allowance -= context_.commits.starts() - before;
  }
}

}  // namespace egarage::delivery
