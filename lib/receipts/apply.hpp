#pragma once

#include <optional>
#include <span>
#include <vector>

#include "receipts/facts.hpp"

namespace egarage::receipts {

/// What became of facts.
struct Tally {
  std::size_t moved = 0;      ///< statuses that were news
  std::size_t known = 0;      ///< statuses that said nothing new
  std::size_t kept = 0;       ///< statuses of messages that are not on record (yet)
  std::size_t inbound = 0;    ///< customers' messages
  std::size_t opt_outs = 0;   ///< customers who want no more
  std::size_t foreign = 0;    ///< statuses of messages that went out from another account
  std::size_t strangers = 0;  ///< facts about accounts that nobody here has
  std::size_t hidden = 0;     ///< messages and opt-outs of customers whose number the provider does not tell
};

/// Brings facts into the store. The same facts again, in any order, change nothing more.
class Intake {
 public:
  explicit Intake(store::Database& database);

  /// All of them in one transaction. A status counts for a message only if that went out from the account the status
  /// is about. What a customer writes to a company's account is known to that company; to the platform's, to every
  /// company without an account of its own on that channel.
  void apply(std::span<const Fact> facts, core::Instant now);
  /// Statuses that have waited longer than three days for their message: it was not ours. (A run that dies is settled
  /// by the next one; three days are a weekend without any.)
  void forget_old(core::Instant now);

  const Tally& tally() const { return tally_; }

 private:
  struct Owner {
    std::optional<store::CompanyId> company;  ///< empty: the platform
    core::Accounts accounts;
  };

  void add(const MessageStatus& fact, core::Instant now);
  void add(const Inbound& fact, core::Instant now);
  void add(const OptOut& fact, core::Instant now);

  /// Several companies may share an account.
  std::vector<const Owner*> owners_of(const ProviderAccount& account) const;
  /// The companies that speak through these accounts.
  std::vector<store::CompanyId> companies_behind(const ProviderAccount& account) const;

  store::Database& database_;
  std::vector<Owner> owners_;
  Tally tally_;
};

}  // namespace egarage::receipts
