// Taking back what dead runs left behind.
#include <fmt/format.h>

#include <system_error>

#include "store/query.hpp"
#include "store/queue.hpp"
#include "store/queue_state.hpp"
#include "store/uncertainty.hpp"

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
  Queue::UncertainRow row;
};

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
  if (other_runs_at_work(database_, run).empty()) return recovered;
  atomically(database_, [&] {
    for (const auto other : other_runs_at_work(database_, run)) {
      const bool alive = is_alive(*state_->run_lock, other);
      // A living run keeps its rows as long as their lease is believable.
      const auto from = alive ? now : core::Instant::max();
      recovered.requeued += execute(
          database_,
          "UPDATE OR ROLLBACK notification SET status = iif(attempts > 0, 'retry_wait', 'queued'), run_id = NULL,"
          " lease_at = NULL, reason = ?4, updated_at = ?5 WHERE status = 'claimed' AND run_id = ?1"
          " AND (lease_at <= ?2 OR lease_at > ?3)",
          other, from, now + max_lease, fmt::format("run {} was lost before it sent this", other.value), now);
      std::vector<Orphan> orphans;
      {
        Query query(database_,
                    "SELECT id, company_id, event, channel FROM notification WHERE status = 'sending' AND run_id = ?1"
                    " AND (lease_at <= ?2 OR lease_at > ?3)",
                    other, from, now + max_lease);
        while (query.next()) {
          orphans.push_back({query.id<NotificationId>(0),
                             other,
                             {query.id<CompanyId>(1), query.event(2), query.name(3, core::channel_names), 0}});
        }
      }
      for (auto& orphan : orphans) {
        presume_uncertain(database_, orphan, now);
        orphan.row.uncertain_attempts = uncertain_attempts(orphan.id);
        leave_uncertain(database_, orphan.id, next_after_uncertain(orphan.row), now);
      }
      recovered.uncertain += orphans.size();
    }
  });
  return recovered;
}

}  // namespace egarage::store
