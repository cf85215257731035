// How accounts get their turns in a run.
#include <algorithm>
#include <map>
#include <utility>

#include "delivery/run.hpp"

namespace egarage::delivery {

bool Run::find_work(core::Instant now) {
  std::map<store::AccountKey, AccountRun*> by_key;
  for (auto& account : waiting_) by_key[account.key()] = &account;
  for (const auto& account : active_) by_key[account.key()] = nullptr;
  const auto waiting_before = waiting_.size();
  for (const auto& lane : context_.queue.lanes_due(now, context_.options.only)) {
    const auto key = store::account_of(lane);
    if (accounts_.is_shut_out(key) || !is_usable(lane.company)) continue;
    auto [place, is_new] = by_key.try_emplace(key, nullptr);
    if (is_new) place->second = &waiting_.emplace_back(key, accounts_.name_of(key));
    if (place->second != nullptr) place->second->add_lane(lane);
  }
  return waiting_.size() > waiting_before;
}

bool Run::is_usable(store::CompanyId id) {
  if (context_.companies.find(id) != nullptr) return true;
  if (unusable_companies_.insert(id).second) {
    context_.log.company_unusable(context_.directory.company(id).company.slug,
                                  "its time zone is unknown on this system");
    ++context_.summary.troubled_accounts;
  }
  return false;
}

void Run::admit(core::Instant now, channels::SteadyTime steady) {
  for (auto waiting = waiting_.begin(); waiting != waiting_.end() && free_connections() > 0;) {
    const auto next = std::next(waiting);
    if (waiting->rests_until() > steady) {
      waiting = next;
      continue;
    }
    if (try_to_open(*waiting, now)) {
      active_.splice(active_.end(), waiting_, waiting);
    } else {
      waiting_.erase(waiting);
    }
    waiting = next;
  }
}

std::size_t Run::free_connections() const {
  std::size_t used = 0;
  for (const auto& account : active_) used += account.connections();
  if (active_.empty()) return std::max(context_.options.max_connections, context_.options.concurrency);
  return used < context_.options.max_connections ? context_.options.max_connections - used : 0;
}

bool Run::try_to_open(AccountRun& account, core::Instant now) {
  context_.rest_store();
  if (!accounts_.may_use(account, now)) return false;
  const auto settings = accounts_.settings_of(account.key());
  if (!settings) {
    accounts_.note_trouble(account, store::AccountState::blocked, "there is no such account any more", {}, now);
    return false;
  }
  const auto turned_away_before = turned_away();
  account.refill(context_, now);
  if (!account.has_claims()) {
    // Nothing to send is fine when the guards turned it away, or another run was faster. Asking once more is not.
    if (turned_away() == turned_away_before) accounts_.leave_alone(account.key());
    return false;
  }
  open_wire_log();
  const auto connections = account.wanted_connections(std::min(context_.options.concurrency, free_connections()));
  const auto why_not = account.open(context_, network_, *settings, connections);
  if (!why_not) return true;
  account.give_back_claims(context_, context_.surroundings.steady_now());
  accounts_.note_trouble(account, store::AccountState::blocked, *why_not, {}, now);
  return false;
}

void Run::open_wire_log() {
  if (std::exchange(wire_log_was_tried_, true)) return;
  auto log = store::WireLog::create(context_.database, context_.run);
  if (const auto* why_not = std::get_if<std::string>(&log)) return context_.log.no_wire_log(*why_not);
  context_.wire = std::move(std::get<std::unique_ptr<store::WireLog>>(log));
}

std::size_t Run::turned_away() const {
  const auto& summary = context_.summary;
  return summary.expired + summary.suppressed + summary.cancelled + summary.postponed;
}

void Run::retire(core::Instant now, channels::SteadyTime steady) {
  for (auto account = active_.begin(); account != active_.end();) {
    const auto next = std::next(account);
    const auto standing = account->standing();
    if (standing.state != channels::Standing::State::ok) {
      account->give_back_claims(context_, steady);
      account->give_back_marked(context_, now, steady);
    }
    if (account->is_drained()) {
      const bool goes_on = has_more_turns(*account, standing, now, steady) && !winding_down_;
      if (goes_on) waiting_.splice(waiting_.end(), active_, account);
      if (!goes_on) active_.erase(account);
    }
    account = next;
  }
}

bool Run::has_more_turns(AccountRun& account, const channels::Standing& standing, core::Instant now,
                         channels::SteadyTime steady) {
  account.close(context_);
  if (standing.state != channels::Standing::State::ok) {
    if (account.may_rest(standing, steady)) return true;
    accounts_.note_standing(account, standing, now);
    return false;
  }
  if (accounts_.was_fruitless_again(account)) {
    accounts_.note_trouble(account, store::AccountState::paused, describe(*account.fruitless()), {}, now);
    return false;
  }
  return account.has_lanes();
}

}  // namespace egarage::delivery
