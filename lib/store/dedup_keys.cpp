#include "store/dedup_keys.hpp"

#include <fmt/format.h>

#include "store/query.hpp"

namespace egarage::store {

namespace {

/// The first text that no longer begins with `prefix`. (LIKE would look at all keys of the company: case does not count
/// there, in the index it does.)
std::string end_of(std::string_view prefix) {
  std::string end{prefix};
  ++end.back();
  return end;
}

}  // namespace

std::vector<KeyedNotification> keyed(Database& database, CompanyId company, std::string_view prefix) {
  std::vector<KeyedNotification> result;
  Query query(database,
              "SELECT id, dedup_key, status FROM notification WHERE company_id = ?1 AND dedup_key >= ?2"
              " AND dedup_key < ?3 ORDER BY dedup_key",
              company, prefix, end_of(prefix));
  while (query.next()) {
    result.push_back({query.id<NotificationId>(0), query.text(1), query.name(2, core::status_names)});
  }
  return result;
}

std::string dedup_key(Database& database, NotificationId id) {
  Query query(database, "SELECT dedup_key FROM notification WHERE id = ?1", id);
  if (!query.next()) throw damaged(database.path(), fmt::format("there is no notification {}", id.value));
  return query.text(0);
}

}  // namespace egarage::store
