#pragma once

#include <optional>
#include <string>

#include "core/contact_limit.hpp"

namespace egarage::store {

/// How limits are kept in a column: `{"collection":{"days_apart":2,"per_week":2}}`.
std::string to_json(const core::ContactLimits& limits);
/// Empty when `json` is not what to_json makes.
std::optional<core::ContactLimits> limits_from_json(const std::string& json);

}  // namespace egarage::store
