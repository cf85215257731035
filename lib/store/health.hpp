#pragma once

#include <optional>
#include <string_view>

#include "core/instant.hpp"
#include "store/database.hpp"

namespace egarage::store {

/// Reads the whole file and its indexes (PRAGMA integrity_check and foreign_key_check). Throws core::Error{store} that
/// says what is damaged first. Takes seconds per gigabyte.
void check_integrity(Database& database);

/// When a run of the command last began; empty when it never did.
std::optional<core::Instant> last_run(Database& database, std::string_view command);

/// The latest time that anything in the store knows; empty for a new one.
std::optional<core::Instant> newest_change(Database& database);

}  // namespace egarage::store
