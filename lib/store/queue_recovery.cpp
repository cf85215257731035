// Taking back what dead runs left behind.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <unordered_map>

#include "store/query.hpp"
#include "store/queue.hpp"
#include "store/queue_state.hpp"
#include "store/uncertainty.hpp"
#include "store/wire_log.hpp"

namespace egarage::store {

namespace {

using core::Error;
using core::ExitCode;

bool is_alive(const core::platform::RunLock& lock, RunId run) {
  try {
    return lock.is_held(run.value);
  } catch (const std::system_error& error) {
    throw Error(ExitCode::store, fmt::format("the run lock cannot be asked: {}", error.code().message()),
                "keep the store on a local disk; network file systems do not lock reliably");
  }
}

struct Orphan {
  NotificationId id;
  RunId run;
  std::optional<AttemptId> attempt;
  Queue::UncertainRow row;
};

/// Rows that the run marked as being sent, of those whose lease is not in (from, until].
std::vector<Orphan> orphans_of(Database& database, RunId run, core::Instant from, core::Instant until) {
  std::vector<Orphan> orphans;
  Query query(database,
              "SELECT n.id, n.company_id, n.event, n.channel, a.id FROM notification n LEFT JOIN attempt a"
              " ON a.company_id = n.company_id AND a.notification_id = n.id AND a.outcome IS NULL AND a.run_id = ?1"
              " WHERE n.status = 'sending' AND n.run_id = ?1 AND (n.lease_at <= ?2 OR n.lease_at > ?3)",
              run, from, until);
  while (query.next()) {
    orphans.push_back({query.id<NotificationId>(0),
                       run,
                       query.is_null(4) ? std::nullopt : std::optional(query.id<AttemptId>(4)),
                       {query.id<CompanyId>(1), query.event(2), query.name(3, core::channel_names), 0}});
  }
  return orphans;
}

std::vector<RunId> other_runs_at_work(Database& database, RunId own) {
  std::vector<RunId> runs;
  Query query(database,
              "SELECT DISTINCT run_id FROM notification INDEXED BY notification_in_hand"
              " WHERE run_id IS NOT NULL AND run_id <> ?1",
              own);
  while (query.next()) runs.push_back(query.id<RunId>(0));
  return runs;
}

void presume_uncertain(Database& database, const Orphan& orphan, core::Instant now) {
  execute(database,
          "UPDATE OR ROLLBACK attempt SET finished_at = ?2, outcome = 'uncertain', presumed_uncertain = 1"
          " WHERE company_id = (SELECT company_id FROM notification WHERE id = ?1) AND notification_id = ?1"
          " AND outcome IS NULL",
          orphan.id, now);
  execute(
      database,
      "UPDATE OR ROLLBACK notification SET status = 'uncertain', attempts = attempts + 1, due_at = NULL, run_id = NULL,"
      " lease_at = NULL, reason = ?2, updated_at = ?3 WHERE id = ?1",
      orphan.id, fmt::format("run {} was lost while it sent this", orphan.run.value), now);
}

/// It was marked, and the run was lost before it went on the wire.
void give_back(Database& database, const Orphan& orphan, core::Instant now) {
  execute(database, "UPDATE OR ROLLBACK attempt SET finished_at = ?2, outcome = 'returned' WHERE id = ?1",
          *orphan.attempt, now);
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = iif(attempts > 0, 'retry_wait', 'queued'), run_id = NULL,"
          " lease_at = NULL, reason = ?2, updated_at = ?3 WHERE id = ?1",
          orphan.id, fmt::format("run {} was lost before it sent this", orphan.run.value), now);
}

/// The logs that dead runs have left behind. (They are removed by the run after; runs long before have none.)
std::vector<RunId> lost_runs(Database& database, const core::platform::RunLock& lock, RunId own) {
  std::vector<RunId> runs;
  Query query(database, "SELECT id FROM run WHERE id < ?1 AND id >= ?1 - 64 AND finished_at IS NULL", own);
  while (query.next()) runs.push_back(query.id<RunId>(0));
  std::erase_if(runs, [&](RunId run) { return is_alive(lock, run); });
  return runs;
}

/// What was put off while the clock was ahead waits from now on: its time was reckoned from a wrong one. (Runs that
/// began in the future tell; without them nothing is looked through.)
void repair_times(Database& database, RunId run, core::Instant now) {
  constexpr std::chrono::hours tolerated{1};
  {
    Query query(database, "SELECT 1 FROM run WHERE id < ?1 AND id >= ?1 - 16 AND started_at > ?2 LIMIT 1", run,
                now + tolerated);
    if (!query.next()) return;
  }
  execute(
      database,
      "UPDATE OR ROLLBACK notification SET due_at = ?1, updated_at = ?1, reason = 'put off while the clock was wrong'"
      " WHERE due_at IS NOT NULL AND run_id IS NULL AND due_at > ?1 AND updated_at > ?2",
      now, now + tolerated);
}

}  // namespace

Recovered Queue::recover(RunId run, core::Instant now, std::chrono::seconds max_lease,
                         const std::function<AfterUncertain(const UncertainRow&)>& next_after_uncertain) {
  Recovered recovered;
  if (!state_->run_lock) throw Error(ExitCode::internal, "recovery before begin_run", "");
  repair_times(database_, run, now);
  // Who is dead by now has nothing in hand afterwards.
  const auto lost = lost_runs(database_, *state_->run_lock, run);
  if (!other_runs_at_work(database_, run).empty()) {
    atomically(database_, [&] {
      for (const auto other : other_runs_at_work(database_, run)) {
        take_over(other, now, max_lease, next_after_uncertain, recovered);
      }
    });
  }
  for (const auto other : lost) remove_wire_log(database_, other);
  return recovered;
}

void Queue::take_over(RunId other, core::Instant now, std::chrono::seconds max_lease,
                      const std::function<AfterUncertain(const UncertainRow&)>& next_after_uncertain,
                      Recovered& recovered) {
  const bool alive = is_alive(*state_->run_lock, other);
  // A living run keeps its rows as long as their lease is believable.
  const auto from = alive ? now : core::Instant::max();
  const auto until = now + max_lease;
  recovered.requeued +=
      execute(database_,
              "UPDATE OR ROLLBACK notification SET status = iif(attempts > 0, 'retry_wait', 'queued'), run_id = NULL,"
              " lease_at = NULL, reason = ?4, updated_at = ?5 WHERE status = 'claimed' AND run_id = ?1"
              " AND (lease_at <= ?2 OR lease_at > ?3)",
              other, from, until, fmt::format("run {} was lost before it sent this", other.value), now);
  // A living one may still send what it has marked, once it wakes up.
  const auto traces = alive ? std::nullopt : wire_traces(database_, other);
  if (traces) recovered.settled += settle_answered(other, traces->answered, now);
  for (auto& orphan : orphans_of(database_, other, from, until)) {
    if (traces && orphan.attempt && !traces->on_wire.contains(orphan.attempt->value)) {
      give_back(database_, orphan, now);
      ++recovered.requeued;
      continue;
    }
    presume_uncertain(database_, orphan, now);
    orphan.row.uncertain_attempts = uncertain_attempts(orphan.id);
    leave_uncertain(database_, orphan.id, next_after_uncertain(orphan.row), now);
    ++recovered.uncertain;
  }
}

std::size_t Queue::settle_answered(RunId dead, const std::vector<Settlement>& answered, core::Instant now) {
  std::unordered_map<std::int64_t, NotificationId> open;
  for (const auto& orphan : orphans_of(database_, dead, core::Instant::max(), now)) {
    if (orphan.attempt) open.emplace(orphan.attempt->value, orphan.id);
  }
  Changes changes;
  for (const auto& settlement : answered) {
    const auto place = open.find(settlement.attempt.value);
    if (place == open.end() || place->second != settlement.notification) continue;
    changes.settlements.push_back(settlement);
    open.erase(place);
  }
  commit(changes, dead, now, now);
  return changes.settlements.size();
}

}  // namespace egarage::store
