#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/instant.hpp"

namespace egarage::core {

/// So many months after a day, as a notice that repeats every period counts them.
struct PeriodKey {
  Date since;
  std::chrono::months months;  ///< from 1
  bool operator==(const PeriodKey&) const = default;
};

/// `M+12`.
std::string period_name(std::chrono::months months);

/// As dedup keys write it: `2025-11-27/M+12`. The months, not the number of the period: whoever makes periods shorter
/// repeats no notice.
std::string to_string(const PeriodKey& key);

/// The period in a dedup key that ends in one and a channel: `CLIENTE_INACTIVO/c-7/2025-11-27/M+12/email`. Empty for
/// every other key.
std::optional<PeriodKey> period_key_in(std::string_view dedup_key);

}  // namespace egarage::core
