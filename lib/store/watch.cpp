#include "store/watch.hpp"

#include <algorithm>

#include "store/query.hpp"

namespace egarage::store {
namespace {

#define EGARAGE_SELECT_WATCHED                                                                                     \
  "SELECT n.id, c.slug, n.event, n.channel, n.dedup_key, n.recipient, n.status, n.reason, n.updated_at, n.due_at," \
  " n.fallback_id FROM notification n JOIN company c ON c.id = n.company_id WHERE "

Watched read(const Query& row) {
  return {row.id<NotificationId>(0),        row.text(1), row.event(2),
          row.name(3, core::channel_names), row.text(4), row.text(5),
          row.name(6, core::status_names),  row.text(7), row.instant(8),
          row.optional_instant(9)};
}

}  // namespace

Watch::Watch(Database& database) : database_(database) {
  Query newest(database_, "SELECT coalesce(max(id), 0) FROM notification");
  if (newest.next()) last_ = newest.id<NotificationId>(0);
  Query open(database_, "SELECT id FROM notification WHERE due_at IS NOT NULL AND run_id IS NULL ORDER BY id");
  while (open.next()) open_.push_back(open.id<NotificationId>(0));
}

std::vector<Watched> Watch::now() const {
  std::vector<Watched> result;
  for (const auto& id : open_) {
    std::optional<NotificationId> next = id;
    while (next) {
      Query query(database_, EGARAGE_SELECT_WATCHED "n.id = ?1", *next);
      if (!query.next()) break;
      result.push_back(read(query));
      next = query.is_null(10) ? std::nullopt : std::optional(query.id<NotificationId>(10));
    }
  }
  Query created(database_, EGARAGE_SELECT_WATCHED "n.id > ?1", last_);
  while (created.next()) result.push_back(read(created));
  std::ranges::sort(result, {}, [](const Watched& one) { return std::pair(one.company, one.id.value); });
  const auto same = std::ranges::unique(result, {}, &Watched::id);
  result.erase(same.begin(), same.end());
  return result;
}

#undef EGARAGE_SELECT_WATCHED

}  // namespace egarage::store
