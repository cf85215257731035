#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/instant.hpp"

namespace egarage::core {

/// One step of a ladder of notices around a date.
struct LadderKey {
  Date date;
  std::chrono::days step;  ///< negative before the date, 0 on the day itself, positive after it
  bool operator==(const LadderKey&) const = default;
};

/// `T-5`, `T-0`, `T+7`.
std::string step_name(std::chrono::days step);

/// As dedup keys write it: `2026-12-01/T-5`, `2026-12-01/T-0`, `2026-12-01/T+7`. The date in the key makes a date that
/// has moved begin a ladder of its own.
std::string to_string(const LadderKey& key);

/// The step in a dedup key that ends in one and a channel: `SUSCRIPCION_VENCE/2026-12-01/T-5/email`. Empty for every
/// other key: it was given by somebody else, who alone knows what it stands for.
std::optional<LadderKey> ladder_key_in(std::string_view dedup_key);

}  // namespace egarage::core
