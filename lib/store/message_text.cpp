#include "store/message_text.hpp"

#include "store/query.hpp"

namespace egarage::store {

Rewritten rewrite(Database& database, NotificationId id, const NewNotification& text) {
  const auto changed = execute(database,
                               "UPDATE OR ROLLBACK message SET language = ?2, subject = ?3, body = ?4, payload = ?5"
                               " WHERE notification_id = ?1"
                               " AND (language, subject, body, payload) IS NOT (?2, ?3, ?4, ?5)"
                               " AND EXISTS (SELECT 1 FROM notification WHERE id = ?1 AND attempts = 0"
                               " AND status IN ('queued', 'standby'))",
                               id, core::to_string(text.language), text.subject, text.body, text.payload);
  return changed == 0 ? Rewritten::no : Rewritten::yes;
}

}  // namespace egarage::store
