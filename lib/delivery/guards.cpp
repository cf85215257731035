#include "delivery/guards.hpp"

#include <fmt/format.h>

namespace egarage::delivery {

std::optional<store::PutBack> too_late(const store::Claimed& claimed, core::Instant now) {
  if (!claimed.not_after || now <= *claimed.not_after) return std::nullopt;
  return store::PutBack{claimed.id, core::Status::expired, now,
                        fmt::format("not to be sent after {}", core::format_instant(*claimed.not_after))};
}

store::PutBack put_off(store::NotificationId id, const std::optional<core::Instant>& not_after, const Rest& rest) {
  const bool in_time = !not_after || rest.until <= *not_after;
  return {id, in_time ? core::Status::queued : core::Status::expired, rest.until, rest.reason};
}

std::optional<store::PutBack> turned_away(const store::Claimed& claimed, const GuardFacts& facts, core::Instant now) {
  if (auto late = too_late(claimed, now)) return late;
  if (facts.gone) return store::PutBack{claimed.id, core::Status::cancelled, now, *facts.gone};
  if (facts.suppressed) return store::PutBack{claimed.id, core::Status::suppressed, now, *facts.suppressed};
  if (facts.unwanted) return store::PutBack{claimed.id, core::Status::suppressed, now, *facts.unwanted};
  if (facts.silence) return put_off(claimed.id, claimed.not_after, *facts.silence);
  if (!facts.opening.open) {
    return store::PutBack{claimed.id, core::Status::queued, facts.opening.change, std::string{outside_hours}};
  }
  return std::nullopt;
}

}  // namespace egarage::delivery
