#pragma once

#include <optional>
#include <vector>

#include "delivery/contact_guard.hpp"
#include "delivery/customer_guard.hpp"
#include "delivery/run_context.hpp"

namespace egarage::delivery {

class AccountRun;

/// A batch of a lane, and what the guards will ask about it. Filled on whichever thread the store belongs to.
struct LaneClaim {
  store::Lane lane;
  std::vector<store::Claimed> rows{};
  std::vector<std::optional<std::string>> suppressed{};  ///< for each row why it must not be sent, if so
  std::vector<std::optional<std::string>> gone{};        ///< for each row why its reason no longer holds, if so
  CustomerFacts customers{};
  std::chrono::seconds spacing{};                  ///< of the account, between two messages to one person
  store::AttemptId seen{};                         ///< what other runs have begun is known up to this one; moves on
  std::vector<store::RecipientPace> recipients{};  ///< phone channels: when they may be written to
};
void claim(RunContext& context, LaneClaim& batch, core::Instant now);
void look_up_facts(RunContext& context, LaneClaim& batch, core::Instant now);

/// What one account wants of the store with the next commit, and what it gets.
struct Errand {
  AccountRun* account;
  store::AccountKey key;
  core::Pace pace;
  std::optional<LaneClaim> claim{};
  std::size_t permits_wanted = 0;
  std::optional<store::Grant> grant{};
  struct LookOrder {
    store::NotificationId notification;
    Letterhead letterhead;
  };
  std::vector<LookOrder> looks{};
  std::vector<channels::Lookup> lookups{};  ///< composed of them; the token is the notification's number

  bool empty() const { return !claim && permits_wanted == 0 && looks.empty(); }
};

/// What goes to the worker, and what comes back.
struct Commit {
  store::Queue::Changes changes;
  std::vector<Letterhead> letterheads;  ///< one for each of changes.starts
  std::vector<Errand> errands;
  std::vector<LimitedStart> limited{};  ///< among changes.starts
  std::vector<OverLimit> over_limit{};  ///< of those: what was put back instead
  std::vector<store::StartedAttempt> started{};
  std::vector<channels::Message> messages{};  ///< composed of what has started

  /// Whether it may have given a fallback its turn.
  bool may_wake_fallbacks() const;
};

/// On the worker's thread: everything in one commit, then what has started is composed.
void write(RunContext& context, Commit& commit, core::Instant now, std::int64_t now_ms);

}  // namespace egarage::delivery
