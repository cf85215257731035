#pragma once

#include <optional>

#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// When the company's subscription ends; empty when it does not. Cheap: asked for every notice just before it leaves.
std::optional<core::Date> subscription_end(Database& database, CompanyId company);

}  // namespace egarage::store
