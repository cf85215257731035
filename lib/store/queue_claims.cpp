// The claim protocol: what comes before every use of the network.
#include <fmt/format.h>

#include <algorithm>

#include "store/query.hpp"
#include "store/queue.hpp"
#include "store/sqlite_errors.hpp"

namespace egarage::store {

std::vector<Claimed> Queue::claim_due(const Lane& lane, RunId run, core::Instant now, core::Instant lease_until,
                                      std::size_t limit) {
  std::vector<Claimed> result;
  atomically(database_, [&] {
    Query query(database_,
                "UPDATE OR ROLLBACK notification SET status = 'claimed', run_id = ?5, lease_at = ?6, updated_at = ?4 "
                "WHERE id IN"
                " (SELECT id FROM notification INDEXED BY notification_due WHERE due_at IS NOT NULL AND run_id IS NULL"
                " AND company_id = ?1 AND channel = ?2 AND sent_by = ?3 AND due_at <= ?4 ORDER BY due_at, id LIMIT ?7)"
                " RETURNING id, event, recipient, created_at, due_at, not_after, attempts",
                lane.company, core::to_string(lane.channel), core::name_of(sent_by_names, lane.sent_by), now, run,
                lease_until, limit);
    while (query.next()) {
      result.push_back({query.id<NotificationId>(0), query.event(1), query.text(2), query.instant(3), query.instant(4),
                        query.optional_instant(5), static_cast<int>(query.integer(6))});
    }
    // The index alone answers the count: rows that only the index knows would be looked for over and over.
    if (result.empty() && limit > 0 && count_due_in(lane, now) > 0) {
      throw damaged(database_.path(), "the index of what is due names notifications that are not there");
    }
  });
  // RETURNING promises no order.
  std::sort(result.begin(), result.end(), [](const Claimed& left, const Claimed& right) {
    return std::pair(left.due_at, left.id) < std::pair(right.due_at, right.id);
  });
  return result;
}

}  // namespace egarage::store
