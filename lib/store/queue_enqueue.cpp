// How notifications come in, and how an operator lets them in again.
#include <fmt/format.h>

#include <algorithm>

#include "store/query.hpp"
#include "store/queue.hpp"
#include "store/queue_state.hpp"
#include "store/template_blocks.hpp"
#include "store/uncertainty.hpp"

namespace egarage::store {

using core::Error;
using core::ExitCode;

namespace {

bool is_known(Database& database, const NewNotification& notification) {
  Query query(database, "SELECT 1 FROM notification WHERE company_id = ?1 AND dedup_key = ?2", notification.company,
              notification.dedup_key);
  return query.next();
}

}  // namespace

std::optional<NotificationId> Queue::insert(const NewNotification& notification, std::optional<core::Channel> before,
                                            std::optional<NotificationId> fallback, core::Instant now) {
  auto& sqlite = database_.implementation();
  if (!sqlite.in_transaction()) throw Error(ExitCode::internal, "a notification is enqueued outside a transaction", "");
  if (!state_->message_ids) state_->message_ids.emplace(database_);
  const auto created = execute(
      database_,
      "INSERT OR ROLLBACK INTO notification (company_id, event, channel, sent_by, dedup_key, recipient, status, due_at,"
      " not_after, created_at, updated_at, reason, fallback_id, customer_key)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?10, ?7, ?8, ?9, ?9, ?11, ?12, ?13) ON CONFLICT (company_id, dedup_key) DO "
      "NOTHING",
      notification.company, core::to_string(notification.event), core::to_string(notification.channel),
      core::name_of(sent_by_names, notification.sent_by), notification.dedup_key, notification.recipient,
      before ? std::nullopt : std::optional(notification.due_at), notification.not_after, now,
      core::to_string(before ? core::Status::standby : core::Status::queued),
      before ? fmt::format("waits behind {}", core::to_string(*before)) : std::string{}, fallback,
      notification.customer);
  if (created == 0) return std::nullopt;
  const NotificationId id{sqlite.sqlite.getLastInsertRowid()};
  execute(database_,
          "INSERT OR ROLLBACK INTO message (notification_id, company_id, language, recipient_name, message_id, "
          "subject, body, payload, template, template_language)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
          " CASE WHEN json_valid(?8) THEN coalesce(json_extract(?8, '$.name'), '') ELSE '' END,"
          " CASE WHEN json_valid(?8) THEN coalesce(json_extract(?8, '$.language'), '') ELSE '' END)",
          id, notification.company, core::to_string(notification.language), notification.recipient_name,
          state_->message_ids->message_id(id, notification.message_id_domain), notification.subject, notification.body,
          notification.payload);
  for (const auto& subject : notification.subjects) {
    execute(database_,
            "INSERT OR ROLLBACK INTO notification_subject (notification_id, company_id, kind, key)"
            " VALUES (?1, ?2, ?3, ?4)",
            id, notification.company, core::name_of(subject_kind_names, subject.kind), subject.key);
  }
  return id;
}

Enqueued Queue::enqueue(const NewNotification& notification, core::Instant now) {
  return insert(notification, {}, {}, now) ? Enqueued::created : Enqueued::duplicate;
}

Enqueued Queue::enqueue(std::span<const NewNotification> chain, core::Instant now) {
  if (std::ranges::any_of(chain, [&](const auto& one) { return is_known(database_, one); })) return Enqueued::duplicate;
  // From behind, so that each row can name the one that it falls back to.
  std::optional<NotificationId> fallback;
  for (auto place = chain.size(); place-- > 0;) {
    const auto before = place == 0 ? std::nullopt : std::optional(chain[place - 1].channel);
    fallback = insert(chain[place], before, fallback, now);
    if (!fallback) throw Error(ExitCode::internal, "a chain of notifications holds the same key twice", "");
  }
  return Enqueued::created;
}

std::size_t Queue::requeue(const RequeueFilter& filter, core::Instant now) {
  std::string statuses = ",";
  for (const auto status : filter.statuses) statuses += fmt::format("{},", core::to_string(status));
  std::size_t count = 0;
  atomically(database_, [&] {
    // `reason <> ''` is the condition of the index notification_with_reason.
    count =
        execute(database_,
                "UPDATE OR ROLLBACK notification SET status = 'queued', attempts = 0, due_at = ?1,"
                " not_after = iif(not_after < ?1, NULL, not_after), reason = 'requeued by operator', updated_at = ?1"
                " WHERE reason <> '' AND status IN ('uncertain', 'held', 'failed', 'undelivered', 'expired')"
                " AND (?2 IS NULL OR id = ?2) AND (?3 IS NULL OR company_id = ?3)"
                " AND (?4 = ',' OR instr(?4, ',' || status || ',')) AND updated_at >= ?5"
                " AND NOT EXISTS (SELECT 1 FROM notification AS next WHERE next.id = notification.fallback_id"
                " AND next.status <> 'standby' AND next.status <> 'cancelled')",
                now, filter.id, filter.company, statuses, filter.since.value_or(core::Instant{}));
    forget_ended_searches(database_);
    lift_template_blocks(database_, filter.company, now);
  });
  return count;
}

}  // namespace egarage::store
