#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/sending_hours.hpp"
#include "store/queue.hpp"

namespace egarage::delivery {

inline constexpr std::string_view outside_hours = "outside the company's sending hours";

/// Why, and until when, a message waits although it is due.
struct Rest {
  core::Instant until;
  std::string reason;
};

/// What the guards ask of the world.
struct GuardFacts {
  core::Opening opening;                         ///< of the event, at `now`
  const std::optional<std::string>& suppressed;  ///< why the address must not be written to; empty when it may
  const std::optional<std::string>& gone;        ///< why there is no reason for it any more; empty while there is
  const std::optional<std::string>& unwanted;    ///< why the customer does not want it; empty when nothing is said
  const std::optional<Rest>& silence;            ///< that covers it now
};

/// Whether a claimed notification may still go out at `now`. Empty: yes. Otherwise what becomes of it, with the reason.
/// In this order: its time is over, its reason is gone, the recipient must not be written to or does not want it, a
/// silence covers it, the company sleeps.
std::optional<store::PutBack> turned_away(const store::Claimed& claimed, const GuardFacts& facts, core::Instant now);

/// It waits until the rest is over; what would be too late by then expires now, with the same reason.
store::PutBack put_off(store::NotificationId id, const std::optional<core::Instant>& not_after, const Rest& rest);

/// The guard that time alone can close, asked again just before the message leaves.
std::optional<store::PutBack> too_late(const store::Claimed& claimed, core::Instant now);

}  // namespace egarage::delivery
