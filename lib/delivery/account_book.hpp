#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "delivery/account_run.hpp"

namespace egarage::delivery {

/// Which accounts a run may use, and what has befallen them. Trouble is kept in the store, so that the next runs know.
class AccountBook {
 public:
  AccountBook(RunContext& context, const store::Platform& platform) : context_(context), platform_(platform) {}

  /// `taller-sur/email`, `platform/email`.
  std::string name_of(const store::AccountKey& key) const;
  /// Empty when there is no such account any more.
  std::optional<core::Account> settings_of(const store::AccountKey& key) const;

  /// Whether the account may be tried at `now`: it is not resting after trouble, nor shut out of this run.
  bool may_use(const AccountRun& account, core::Instant now);
  bool is_shut_out(const store::AccountKey& key) const { return shut_out_.contains(key); }
  /// Nothing more from this account in this run, without blame.
  void leave_alone(const store::AccountKey& key) { shut_out_.insert(key); }

  /// The account rests until its backoff (or the provider's own wish) is over.
  void note_trouble(const AccountRun& account, store::AccountState state, std::string reason,
                    std::optional<std::chrono::seconds> retry_after, core::Instant now);
  void note_standing(const AccountRun& account, const channels::Standing& standing, core::Instant now);
  /// Counts a turn in which the server decided nothing. True when it has had enough of them.
  bool was_fruitless_again(const AccountRun& account);

 private:
  void shut_out(const store::AccountKey& key, store::AccountState state);

  RunContext& context_;
  const store::Platform& platform_;
  std::set<store::AccountKey> shut_out_;
  std::map<store::AccountKey, int> fruitless_turns_;
};

}  // namespace egarage::delivery
