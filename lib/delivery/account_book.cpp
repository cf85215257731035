#include "delivery/account_book.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace egarage::delivery {

std::string AccountBook::name_of(const store::AccountKey& key) const {
  const auto owner = key.company ? context_.directory.company(*key.company).company.slug : "platform";
  return fmt::format("{}/{}", owner, core::to_string(key.channel));
}

std::optional<core::Account> AccountBook::settings_of(const store::AccountKey& key) const {
  if (!key.company) return platform_.accounts.on(key.channel);
  return context_.directory.company(*key.company).company.accounts.on(key.channel);
}

bool AccountBook::may_use(const AccountRun& account, core::Instant now) {
  const auto health = context_.directory.account_health(account.key());
  if (!health.rests_at(now)) return true;
  context_.log.account_skipped(account.name(), health);
  shut_out(account.key(), health.state);
  return false;
}

void AccountBook::note_trouble(const AccountRun& account, store::AccountState state, std::string reason,
                               std::optional<std::chrono::seconds> retry_after, core::Instant now) {
  context_.rest_store();
  auto health = context_.directory.account_health(account.key());
  health.state = state;
  health.reason = std::move(reason);
  ++health.failures;
  health.retry_at = now + std::max(backoff(context_.options.retry, health.failures, context_.surroundings.random()),
                                   retry_after.value_or(std::chrono::seconds{0}));
  context_.directory.set_account_health(account.key(), health, context_.run, now);
  context_.log.account_trouble(account.name(), health);
  shut_out(account.key(), health.state);
}

void AccountBook::note_standing(const AccountRun& account, const channels::Standing& standing, core::Instant now) {
  const auto state =
      standing.state == channels::Standing::State::blocked ? store::AccountState::blocked : store::AccountState::paused;
  note_trouble(account, state, standing.reply ? describe(*standing.reply) : "", standing.retry_after, now);
}

bool AccountBook::was_fruitless_again(const AccountRun& account) {
  constexpr int most_turns = 3;
  return account.fruitless() && ++fruitless_turns_[account.key()] >= most_turns;
}

void AccountBook::shut_out(const store::AccountKey& key, store::AccountState state) {
  if (!shut_out_.insert(key).second) return;
  ++context_.summary.troubled_accounts;
  if (state == store::AccountState::blocked) ++context_.summary.blocked_accounts;
}

}  // namespace egarage::delivery
