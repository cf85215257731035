#include "store/health.hpp"

#include "store/query.hpp"
#include "store/sqlite_errors.hpp"

namespace egarage::store {

void check_integrity(Database& database) {
  {
    Query query(database, "PRAGMA integrity_check(1)");
    if (!query.next() || query.text(0) != "ok") throw damaged(database.path(), query.text(0));
  }
  Query query(database, "PRAGMA foreign_key_check");
  if (query.next()) throw damaged(database.path(), "a row of " + query.text(0) + " belongs to nothing");
}

std::optional<core::Instant> last_run(Database& database, std::string_view command) {
  Query query(database, "SELECT started_at FROM run WHERE command = ?1 ORDER BY id DESC LIMIT 1", command);
  return query.next() ? std::optional(query.instant(0)) : std::nullopt;
}

std::optional<core::Instant> newest_change(Database& database) {
  // The audit is in the order in which things happened; its last rows know the clock that was believed last.
  Query query(database, "SELECT max(at) FROM (SELECT at FROM audit ORDER BY id DESC LIMIT 100)");
  return query.next() ? query.optional_instant(0) : std::nullopt;
}

}  // namespace egarage::store
