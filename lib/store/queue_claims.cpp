// The claim protocol: claim_due before, commit around, every use of the network.
#include <fmt/format.h>

#include <algorithm>

#include "store/query.hpp"
#include "store/queue.hpp"
#include "store/sqlite_errors.hpp"
#include "store/uncertainty.hpp"

namespace egarage::store {

namespace {

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
  leave_uncertain(database, settlement.notification, {settlement.next, settlement.due_at, settlement.reason}, now);
}

/// Records how an attempt ended, where `sql` lets it; says whether it did.
bool record(Database& database, Sql sql, const Settlement& settlement, core::Instant now) {
  const auto& result = settlement.result;
  return execute(database, sql, settlement.attempt, settlement.notification, now,
                 core::name_of(attempt_outcome_names, result.outcome), result.phase, result.code, result.enhanced,
                 result.text, result.provider_id) == 1;
}

void settle(Database& database, const Settlement& settlement, RunId run, core::Instant now) {
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
  if (outcome == AttemptOutcome::uncertain) return settle_uncertain(database, settlement, run, now);
  // Whatever this attempt came to, the message has arrived if another one was accepted meanwhile.
  const bool arrived = outcome != AttemptOutcome::accepted && was_accepted(database, settlement.notification);
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

std::optional<StartedAttempt> start(Database& database, NotificationId id, RunId run, core::Instant now,
                                    core::Instant lease_until) {
  const auto ours = execute(database,
                            "UPDATE OR ROLLBACK notification SET status = 'sending', lease_at = ?4, updated_at = ?3"
                            " WHERE id = ?1 AND status = 'claimed' AND run_id = ?2",
                            id, run, now, lease_until);
  if (ours == 0) return std::nullopt;
  execute(database,
          "INSERT OR ROLLBACK INTO attempt (company_id, notification_id, run_id, started_at)"
          " SELECT company_id, id, ?2, ?3 FROM notification WHERE id = ?1",
          id, run, now);
  return StartedAttempt{id, AttemptId{database.implementation().sqlite.getLastInsertRowid()}};
}

}  // namespace

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

std::vector<StartedAttempt> Queue::commit(const Changes& changes, RunId run, core::Instant now,
                                          core::Instant lease_until) {
  std::vector<StartedAttempt> started;
  if (changes.empty()) return started;
  started.reserve(changes.starts.size());
  atomically(database_, [&] {
    for (const auto& settlement : changes.settlements) settle(database_, settlement, run, now);
    for (const auto& back : changes.put_backs) put_back(database_, back, run, now);
    for (const auto id : changes.starts) {
      if (const auto attempt = start(database_, id, run, now, lease_until)) started.push_back(*attempt);
    }
  });
  return started;
}

}  // namespace egarage::store
