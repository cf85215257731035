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
  if (waits && after.again == Again::look) {
    execute(database,
            "INSERT INTO reconciliation (notification_id) VALUES (?1)"
            " ON CONFLICT DO UPDATE SET looks = 0, looked_at = NULL",
            id);
  }
}

namespace {

bool is_ours(Database& database, NotificationId id, RunId run) {
  Query query(database, "SELECT 1 FROM notification WHERE id = ?1 AND status = 'claimed' AND run_id = ?2", id, run);
  return query.next();
}

/// That nobody knew it at first stays on record: `presumed_uncertain`.
void accept_latest_uncertain(Database& database, const Look& look, core::Instant now) {
  execute(database,
          "UPDATE OR ROLLBACK attempt SET outcome = 'accepted', presumed_uncertain = 1, finished_at = ?2, phase = ?3,"
          " code = ?4, text = ?5, provider_id = ?6 WHERE id = (SELECT max(id) FROM attempt WHERE company_id ="
          " (SELECT company_id FROM notification WHERE id = ?1) AND notification_id = ?1 AND outcome = 'uncertain')",
          look.notification, now, look.result.phase, look.result.code, look.result.text, look.result.provider_id);
}

}  // namespace

void record_look(Database& database, const Look& look, RunId run, core::Instant now) {
  if (!is_ours(database, look.notification, run)) return;
  const bool found = look.answer == Look::Answer::found;
  if (found) accept_latest_uncertain(database, look, now);
  if (look.answer == Look::Answer::absent) {
    execute(database, "UPDATE reconciliation SET looks = looks + 1, looked_at = ?2 WHERE notification_id = ?1",
            look.notification, now);
  }
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = ?2, due_at = ?3, run_id = NULL, lease_at = NULL, reason = ?4,"
          " updated_at = ?5 WHERE id = ?1",
          look.notification, core::to_string(found ? core::Status::accepted : core::Status::retry_wait),
          found ? std::nullopt : std::optional(look.due_at), found ? std::string{} : look.reason, now);
}

void forget_ended_searches(Database& database) {
  // Hardly ever is there one: the table is empty, and the statement is not run.
  {
    Query query(database, "SELECT 1 FROM reconciliation LIMIT 1");
    if (!query.next()) return;
  }
  execute(database,
          "DELETE FROM reconciliation WHERE notification_id IN (SELECT r.notification_id FROM reconciliation r JOIN"
          " notification n ON n.id = r.notification_id"
          " WHERE n.status NOT IN ('retry_wait', 'claimed', 'sending', 'uncertain'))");
}

}  // namespace egarage::store
