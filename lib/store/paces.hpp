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

/// When an address may get its next message from an account.
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

  /// Of these addresses, those of which something is known.
  std::vector<RecipientPace> recipients(const AccountKey& account, const std::vector<std::string>& addresses) const;
  void put(const AccountKey& account, const std::vector<RecipientPace>& paces);
  /// Forgets the addresses whose time came before `before`.
  void forget_recipients(core::Instant before);

 private:
  Database& database_;
};

}  // namespace egarage::store
