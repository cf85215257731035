#include "delivery/guards.hpp"

#include <fmt/format.h>

namespace egarage::delivery {

std::optional<store::PutBack> too_late(const store::Claimed& claimed, core::Instant now) {
  if (!claimed.not_after || now <= *claimed.not_after) return std::nullopt;
  return store::PutBack{claimed.id, core::Status::expired, now,
                        fmt::format("not to be sent after {}", core::format_instant(*claimed.not_after))};
}

std::optional<store::PutBack> turned_away(const store::Claimed& claimed, const GuardFacts& facts, core::Instant now) {
  if (auto late = too_late(claimed, now)) return late;
  if (facts.gone) return store::PutBack{claimed.id, core::Status::cancelled, now, *facts.gone};
  if (facts.suppressed) return store::PutBack{claimed.id, core::Status::suppressed, now, *facts.suppressed};
  if (!facts.opening.open) {
    return store::PutBack{claimed.id, core::Status::queued, facts.opening.change, std::string{outside_hours}};
  }
  return std::nullopt;
}

}  // namespace egarage::delivery
