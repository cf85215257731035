#include "store/cancellation.hpp"

#include "store/query.hpp"
#include "store/uncertainty.hpp"

namespace egarage::store {

Cancelled cancel(Database& database, NotificationId id, std::string_view reason, core::Instant now) {
  auto result = Cancelled::no;
  atomically(database, [&] {
    const auto changed =
        execute(database,
                "UPDATE OR ROLLBACK notification SET status = 'cancelled', due_at = NULL, reason = ?2, updated_at = ?3"
                " WHERE id = ?1 AND status IN ('queued', 'retry_wait', 'standby')",
                id, reason, now);
    if (changed == 0) return;
    forget_ended_searches(database);
    result = Cancelled::yes;
  });
  return result;
}

}  // namespace egarage::store
