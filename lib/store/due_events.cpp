#include "store/due_events.hpp"

#include "store/query.hpp"

namespace egarage::store {

std::map<core::Event, std::size_t> due_by_event(Database& database, const Lane& lane, core::Instant now) {
  std::map<core::Event, std::size_t> counts;
  Query query(
      database,
      "SELECT event, count(*) FROM notification INDEXED BY notification_due WHERE due_at IS NOT NULL"
      " AND run_id IS NULL AND company_id = ?1 AND channel = ?2 AND sent_by = ?3 AND due_at <= ?4 GROUP BY event",
      lane.company, core::to_string(lane.channel), core::name_of(sent_by_names, lane.sent_by), now);
  while (query.next()) counts[query.event(0)] = static_cast<std::size_t>(query.integer(1));
  return counts;
}

}  // namespace egarage::store
