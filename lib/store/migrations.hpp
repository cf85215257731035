#pragma once

#include <span>

#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/embedded_files.hpp"

namespace egarage::store {

/// The mark in the file's header that says whose it is ("EGNt").
inline constexpr std::int64_t application_id = 0x45474e74;

/// The schema version of the open store; 0 when it is still empty. Throws when the file belongs to someone else.
int schema_version(Database& database);

/// Applies the migrations that the store lacks, the n-th makes version n; each is one transaction, so that after a
/// failure the store is as the last complete one left it.
void migrate(Database& database, std::span<const EmbeddedFile> migrations, core::Instant now);

}  // namespace egarage::store
