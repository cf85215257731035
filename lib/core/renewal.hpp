#pragma once

#include <optional>
#include <string>

#include "core/instant.hpp"

namespace egarage::core {

/// Why a notice about a subscription that ends on `announced` is no longer true, now that it ends on `ends` (empty:
/// never). Empty while it is true.
std::optional<std::string> renewal(Date announced, const std::optional<Date>& ends);

}  // namespace egarage::core
