#include "store/queue.hpp"

#include <fmt/format.h>

#include <system_error>

#include "core/platform/process.hpp"
#include "store/query.hpp"
#include "store/queue_state.hpp"

namespace egarage::store {

using core::Error;
using core::ExitCode;

Queue::Queue(Database& database) : database_(database), state_(std::make_unique<State>()) {}
Queue::~Queue() = default;

Enqueued Queue::enqueue(const NewNotification& notification, core::Instant now) {
  auto& sqlite = database_.implementation();
  if (!sqlite.in_transaction()) throw Error(ExitCode::internal, "a notification is enqueued outside a transaction", "");
  if (!state_->message_ids) state_->message_ids.emplace(database_);
  const auto created = execute(
      database_,
      "INSERT OR ROLLBACK INTO notification (company_id, event, channel, sent_by, dedup_key, recipient, status, due_at,"
      " not_after, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'queued', ?7, ?8, ?9, ?9)"
      " ON CONFLICT (company_id, dedup_key) DO NOTHING",
      notification.company, core::to_string(notification.event), core::to_string(notification.channel),
      core::name_of(sent_by_names, notification.sent_by), notification.dedup_key, notification.recipient,
      notification.due_at, notification.not_after, now);
  if (created == 0) return Enqueued::duplicate;
  const NotificationId id{sqlite.sqlite.getLastInsertRowid()};
  execute(database_,
          "INSERT OR ROLLBACK INTO message (notification_id, company_id, language, recipient_name, message_id, "
          "subject, body)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
          id, notification.company, core::to_string(notification.language), notification.recipient_name,
          state_->message_ids->message_id(id, notification.message_id_domain), notification.subject, notification.body);
  return Enqueued::created;
}

RunId Queue::begin_run(std::string_view command, core::Instant now) {
  RunId run;
  atomically(database_, [&] {
    execute(database_, "INSERT INTO run (command, process_id, host, started_at) VALUES (?1, ?2, ?3, ?4)", command,
            core::platform::process_id(), core::platform::host_name(), now);
    run.value = database_.implementation().sqlite.getLastInsertRowid();
    try {
      if (!state_->run_lock) state_->run_lock.emplace(database_.run_lock_path());
      if (state_->run_lock->hold(run.value)) return;
    } catch (const std::system_error& error) {
      throw Error(
          ExitCode::store,
          fmt::format("{}: the run lock cannot be used: {}", utf8(database_.run_lock_path()), error.code().message()),
          "give the user who runs egarage-notify write permission for the store's folder");
    }
    throw Error(ExitCode::store, fmt::format("{}: run {} is already at work", utf8(database_.path()), run.value),
                "the store seems to have been restored while a run was going on; wait for that run to end");
  });
  return run;
}

void Queue::end_run(RunId run, std::string_view result, core::Instant now) {
  execute(database_, "UPDATE run SET finished_at = ?2, result = ?3 WHERE id = ?1 AND finished_at IS NULL", run, now,
          result);
}

std::vector<Content> Queue::contents(const std::vector<NotificationId>& ids) const {
  std::vector<Content> result;
  result.reserve(ids.size());
  database_.snapshot([&] {
    for (const auto id : ids) {
      Query query(database_,
                  "SELECT n.event, m.language, m.recipient_name, n.recipient, m.subject, m.body, m.message_id,"
                  " n.created_at FROM notification n JOIN message m ON m.notification_id = n.id WHERE n.id = ?1",
                  id);
      if (!query.next()) throw damaged(database_.path(), fmt::format("notification {} has no message", id.value));
      result.push_back({id, query.event(0), query.name(1, core::language_names), query.text(2), query.text(3),
                        query.text(4), query.text(5), query.text(6), query.instant(7)});
    }
  });
  return result;
}

int Queue::uncertain_attempts(NotificationId id) const {
  Query query(database_,
              "SELECT count(*) FROM attempt WHERE company_id = (SELECT company_id FROM notification WHERE id = ?1)"
              " AND notification_id = ?1 AND (outcome = 'uncertain' OR presumed_uncertain)",
              id);
  query.next();
  return static_cast<int>(query.integer(0));
}

std::size_t Queue::requeue(const RequeueFilter& filter, core::Instant now) {
  std::string statuses = ",";
  for (const auto status : filter.statuses) statuses += fmt::format("{},", core::to_string(status));
  // `reason <> ''` is the condition of the index notification_with_reason.
  return execute(database_,
                 "UPDATE OR ROLLBACK notification SET status = 'queued', attempts = 0, due_at = ?1,"
                 " not_after = iif(not_after < ?1, NULL, not_after), reason = 'requeued by operator', updated_at = ?1"
                 " WHERE reason <> '' AND status IN ('uncertain', 'held', 'failed', 'expired')"
                 " AND (?2 IS NULL OR id = ?2) AND (?3 IS NULL OR company_id = ?3)"
                 " AND (?4 = ',' OR instr(?4, ',' || status || ',')) AND updated_at >= ?5",
                 now, filter.id, filter.company, statuses, filter.since.value_or(core::Instant{}));
}

}  // namespace egarage::store
