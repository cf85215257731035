#include "store/uncertainty.hpp"

#include "store/query.hpp"

namespace egarage::store {

bool was_accepted(Database& database, NotificationId id) {
  Query query(database,
              "SELECT 1 FROM attempt WHERE company_id = (SELECT company_id FROM notification WHERE id = ?1)"
              " AND notification_id = ?1 AND outcome = 'accepted' LIMIT 1",
              id);
  return query.next();
}

void leave_uncertain(Database& database, NotificationId id, const Queue::AfterUncertain& after, core::Instant now) {
  const bool arrived = was_accepted(database, id);
  const bool waits = !arrived && after.next == core::Status::retry_wait;
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = ?2, due_at = ?3, reason = ?4, updated_at = ?5"
          " WHERE id = ?1 AND status = 'uncertain'",
          id, arrived ? core::to_string(core::Status::accepted) : core::to_string(after.next),
          waits ? std::optional(after.due_at) : std::nullopt,
          arrived ? std::string_view{} : std::string_view{after.reason}, now);
}

}  // namespace egarage::store
