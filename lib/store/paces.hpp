#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/pace.hpp"
#include "store/directory.hpp"

namespace egarage::store {

/// Leave for a number of messages, reserved from an account's pace. What is not used is lost until it is given back.
struct Grant {
  std::size_t messages = 0;
  std::int64_t at_ms = 0;                        ///< not before; Unix milliseconds
  std::optional<core::Instant> used_up_until{};  ///< the day's messages are used up: nothing before this
};

/// When an address may get its next message from an account, as the provider or the account's own spacing has it.
struct RecipientPace {
  std::string recipient;
  core::Instant next_at;
  int failures = 0;  ///< how often in a row the provider said that it was too fast
};

/// How fast accounts have been used, so that their limits hold across runs and between overlapping ones.
class Paces {
 public:
  explicit Paces(Database& database) : database_(database) {}

  /// Reserves the next `wanted` messages, or fewer when the day has no more. Reservations follow each other at
  /// `pace.per_second` on average (the generic cell rate algorithm, ITU-T I.371): together the messages of one may
  /// begin at its time. 24 hours begin with the first message after the last ones ended.
  Grant reserve(const AccountKey& account, const core::Pace& pace, std::size_t wanted, std::int64_t now_ms);
  /// Gives back what was reserved and not used.
  void give_back(const AccountKey& account, const core::Pace& pace, std::size_t messages);

  struct RecentRecipients {
    std::vector<RecipientPace> recipients;
    AttemptId newest;  ///< of all attempts; where to go on the next time
  };
  /// To whom other runs than `own` have begun to write through the account so lately that `spacing` is not over, going
  /// by the attempts behind `after` (0: all). Attempts are kept to the second, hence a second more than that.
  RecentRecipients recent_recipients(const AccountKey& account, RunId own, AttemptId after,
                                     std::chrono::seconds spacing, core::Instant now) const;

  /// Of these addresses, those of which the provider has said lately that it was too fast.
  std::vector<RecipientPace> recipients(const AccountKey& account, const std::vector<std::string>& addresses) const;
  void put(const AccountKey& account, const RecipientPace& pace);
  /// Forgets the addresses whose time came before `before`.
  void forget_recipients(core::Instant before);

 private:
  Database& database_;
};

}  // namespace egarage::store
