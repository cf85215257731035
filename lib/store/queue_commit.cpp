// The claim protocol: what surrounds every use of the network.
#include <fmt/format.h>

#include <iterator>
#include <unordered_map>

#include "store/query.hpp"
#include "store/queue.hpp"
#include "store/receipts.hpp"
#include "store/sqlite_errors.hpp"
#include "store/uncertainty.hpp"

namespace egarage::store {

namespace {

/// At least one id, for json_each: one statement for a whole group saves a third of the time that one statement each
/// takes.
std::string json_array(const std::vector<NotificationId>& ids) {
  std::string text;
  for (const auto id : ids) fmt::format_to(std::back_inserter(text), "{}{}", text.empty() ? "[" : ",", id.value);
  return text += ']';
}

bool is_open(core::Status status) { return status == core::Status::queued || status == core::Status::retry_wait; }

/// When a row is next due; only a row that waits has that.
std::optional<core::Instant> due(core::Status next, core::Instant due_at) {
  return is_open(next) ? std::optional(due_at) : std::nullopt;
}

/// The result of an attempt whose row was taken away: the run was believed dead. What really happened still counts
/// where nobody has decided otherwise since.
void settle_late(Database& database, const Settlement& settlement, core::Instant now) {
  if (settlement.result.outcome != AttemptOutcome::accepted) return;
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = 'accepted', due_at = NULL, run_id = NULL, lease_at = NULL,"
          " reason = '', updated_at = ?2"
          " WHERE id = ?1 AND status IN ('queued', 'retry_wait', 'claimed', 'uncertain', 'held')",
          settlement.notification, now);
}

/// Two steps, so that the audit shows both: the result is unknown, and what the policy makes of that.
void settle_uncertain(Database& database, const Settlement& settlement, RunId run, core::Instant now) {
  const auto ours = execute(database,
                            "UPDATE OR ROLLBACK notification SET status = 'uncertain', attempts = attempts + 1,"
                            " due_at = NULL, run_id = NULL, lease_at = NULL, reason = ?3, updated_at = ?4"
                            " WHERE id = ?1 AND status = 'sending' AND run_id = ?2",
                            settlement.notification, run, settlement.reason, now);
  if (ours == 0) return;
  leave_uncertain(database, settlement.notification,
                  {settlement.next, settlement.due_at, settlement.reason, settlement.again}, now);
}

/// Records how an attempt ended, where `sql` lets it; says whether it did.
bool record(Database& database, Sql sql, const Settlement& settlement, core::Instant now) {
  const auto& result = settlement.result;
  return execute(database, sql, settlement.attempt, settlement.notification, now,
                 core::name_of(attempt_outcome_names, result.outcome), result.phase, result.code, result.enhanced,
                 result.text, result.provider_id) == 1;
}

/// Most of a run's messages end like this, hence all of a commit's at once.
void settle_accepted(Database& database, const std::vector<NotificationId>& ids, RunId run, core::Instant now) {
  if (ids.empty()) return;
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = 'accepted', attempts = attempts + 1, due_at = NULL,"
          " run_id = NULL, lease_at = NULL, reason = '', updated_at = ?3"
          " WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'sending' AND run_id = ?2",
          json_array(ids), run, now);
}

/// Records the end of the attempt, and of the notification unless it was accepted in time: then it is added to
/// `accepted`.
void settle(Database& database, const Settlement& settlement, RunId run, core::Instant now,
            std::vector<NotificationId>& accepted) {
  const bool in_time = record(database,
                              "UPDATE OR ROLLBACK attempt SET finished_at = ?3, outcome = ?4, phase = ?5, code = ?6,"
                              " enhanced = ?7, text = ?8, provider_id = ?9"
                              " WHERE id = ?1 AND notification_id = ?2 AND outcome IS NULL",
                              settlement, now);
  if (!in_time) {
    const bool late = record(database,
                             "UPDATE OR ROLLBACK attempt SET finished_at = ?3, outcome = ?4, phase = ?5, code = ?6,"
                             " enhanced = ?7, text = ?8, provider_id = ?9"
                             " WHERE id = ?1 AND notification_id = ?2 AND presumed_uncertain",
                             settlement, now);
    if (late) return settle_late(database, settlement, now);
    throw core::Error(core::ExitCode::internal,
                      fmt::format("attempt {} is not one that could end now", settlement.attempt.value), "");
  }
  const auto outcome = settlement.result.outcome;
  if (outcome == AttemptOutcome::accepted) return accepted.push_back(settlement.notification);
  if (outcome == AttemptOutcome::uncertain) return settle_uncertain(database, settlement, run, now);
  // Whatever this attempt came to, the message has arrived if another one was accepted meanwhile.
  const bool arrived = was_accepted(database, settlement.notification);
  const auto next = arrived ? core::Status::accepted : settlement.next;
  const int counts = outcome == AttemptOutcome::returned ? 0 : 1;
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = CASE WHEN ?3 IN ('queued', 'retry_wait')"
          " THEN iif(attempts + ?4 > 0, 'retry_wait', 'queued') ELSE ?3 END,"
          " attempts = attempts + ?4, due_at = ?5, run_id = NULL, lease_at = NULL, reason = ?6, updated_at = ?7"
          " WHERE id = ?1 AND status = 'sending' AND run_id = ?2",
          settlement.notification, run, core::to_string(next), counts, due(next, settlement.due_at),
          arrived ? std::string_view{} : std::string_view{settlement.reason}, now);
}

void put_back(Database& database, const PutBack& back, RunId run, core::Instant now) {
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = CASE WHEN ?3 IN ('queued', 'retry_wait')"
          " THEN iif(attempts > 0, 'retry_wait', 'queued') ELSE ?3 END,"
          " due_at = ?4, run_id = NULL, lease_at = NULL, reason = ?5, updated_at = ?6"
          " WHERE id = ?1 AND status = 'claimed' AND run_id = ?2",
          back.notification, run, core::to_string(back.next), due(back.next, back.due_at), back.reason, now);
}

bool are_other_runs_at_work(Database& database, RunId run) {
  Query query(database,
              "SELECT EXISTS (SELECT 1 FROM notification INDEXED BY notification_in_hand WHERE run_id IS NOT NULL"
              " AND run_id < ?1) OR EXISTS (SELECT 1 FROM notification INDEXED BY notification_in_hand"
              " WHERE run_id IS NOT NULL AND run_id > ?1)",
              run);
  return query.next() && query.integer(0) != 0;
}

/// Phone messages to whom another run is writing at this moment wait until its answer is likely to be there.
void avoid_crossing(Database& database, const std::string& list, RunId run, core::Instant now) {
  constexpr std::chrono::seconds a_moment{5};
  if (!are_other_runs_at_work(database, run)) return;
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = iif(attempts > 0, 'retry_wait', 'queued'), run_id = NULL,"
          " lease_at = NULL, due_at = ?4, reason = 'another run is writing to this recipient', updated_at = ?3"
          " WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'claimed' AND run_id = ?2 AND channel <> 'email'"
          " AND EXISTS (SELECT 1 FROM notification AS other INDEXED BY notification_in_hand"
          " WHERE other.run_id IS NOT NULL AND other.run_id <> ?2 AND other.status = 'sending'"
          " AND other.recipient = notification.recipient AND other.channel = notification.channel"
          " AND other.company_id = notification.company_id)",
          list, run, now, now + a_moment);
}

/// Marks what of `ids` is still ours, and gives each an attempt; in the order of `ids`.
std::vector<StartedAttempt> start(Database& database, const std::vector<NotificationId>& ids, RunId run,
                                  core::Instant now, core::Instant lease_until) {
  if (ids.empty()) return {};
  const auto list = json_array(ids);
  avoid_crossing(database, list, run, now);
  const auto inserted =
      execute(database,
              "INSERT OR ROLLBACK INTO attempt (company_id, notification_id, run_id, started_at)"
              " SELECT company_id, id, ?2, ?3 FROM notification WHERE id IN (SELECT value FROM json_each(?1))"
              " AND status = 'claimed' AND run_id = ?2 ORDER BY id",
              list, run, now);
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = 'sending', lease_at = ?4, updated_at = ?3"
          " WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'claimed' AND run_id = ?2",
          list, run, now, lease_until);
  std::unordered_map<std::int64_t, AttemptId> attempts;
  {
    // The write lock is ours: what was inserted are the newest rows.
    Query row(database, "SELECT notification_id, id FROM attempt ORDER BY id DESC LIMIT ?1", inserted);
    while (row.next()) attempts.emplace(row.integer(0), row.id<AttemptId>(1));
  }
  std::vector<StartedAttempt> started;
  started.reserve(ids.size());
  for (const auto id : ids) {
    if (const auto found = attempts.find(id.value); found != attempts.end()) started.push_back({id, found->second});
  }
  return started;
}

}  // namespace

std::vector<StartedAttempt> Queue::commit(const Changes& changes, RunId run, core::Instant now,
                                          core::Instant lease_until) {
  std::vector<StartedAttempt> started;
  if (changes.empty()) return started;
  atomically(database_, [&] {
    std::vector<NotificationId> accepted;
    for (const auto& settlement : changes.settlements) settle(database_, settlement, run, now, accepted);
    settle_accepted(database_, accepted, run, now);
    for (const auto& back : changes.put_backs) put_back(database_, back, run, now);
    for (const auto& look : changes.looks) record_look(database_, look, run, now);
    forget_ended_searches(database_);
    settle_orphans(database_, changes.settlements, now);
    started = start(database_, changes.starts, run, now, lease_until);
  });
  return started;
}

}  // namespace egarage::store
