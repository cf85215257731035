#include "store/purge.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/status.hpp"
#include "store/query.hpp"

namespace egarage::store {
namespace {

/// Rows a transaction: a few milliseconds on a slow disk.
constexpr std::int64_t portion = 1'000;

bool is_finished(core::Status status) {
  switch (status) {
    case core::Status::accepted:
    case core::Status::delivered:
    case core::Status::read:
    case core::Status::bounced:
    case core::Status::undelivered:
    case core::Status::failed:
    case core::Status::expired:
    case core::Status::cancelled:
    case core::Status::suppressed:
      return true;
    case core::Status::queued:
    case core::Status::retry_wait:
    case core::Status::claimed:
    case core::Status::sending:
    case core::Status::uncertain:
    case core::Status::held:
    case core::Status::standby:
      break;
  }
  return false;
}

/// What a look at a portion of a table, oldest first, has found.
struct Portion {
  std::vector<std::int64_t> ids;
  std::int64_t last = 0;  ///< the next look begins behind it
  bool is_last = true;
};

std::string as_json(const std::vector<std::int64_t>& ids) { return fmt::format("[{}]", fmt::join(ids, ",")); }

/// Ids grow with time: the first notification that was created later ends the look.
Portion old_notifications(Database& database, std::int64_t after, core::Instant before) {
  Portion result{.ids = {}, .last = after};
  std::int64_t seen = 0;
  Query row(database,
            "SELECT id, status, created_at, updated_at FROM notification"
            " WHERE id > ?1 AND id < (SELECT max(id) FROM notification) ORDER BY id LIMIT ?2",
            after, portion);
  while (row.next()) {
    if (row.instant(2) >= before) return result;
    ++seen;
    result.last = row.integer(0);
    if (is_finished(row.name(1, core::status_names)) && row.instant(3) < before) result.ids.push_back(result.last);
  }
  result.is_last = seen < portion;
  return result;
}

void forget_notifications(Database& database, const std::vector<std::int64_t>& ids, core::Instant now) {
  const auto list = as_json(ids);
  const auto hour = std::chrono::floor<std::chrono::hours>(now);
  execute(database,
          "INSERT INTO tally (hour, company_id, event, channel, from_state, to_state, count)"
          " SELECT ?2, company_id, event, channel, status, '', count(*) FROM notification"
          " WHERE id IN (SELECT value FROM json_each(?1)) GROUP BY company_id, event, channel, status"
          " ON CONFLICT DO UPDATE SET count = count + excluded.count",
          list, core::Instant{hour});
  execute(database, "DELETE FROM reconciliation WHERE notification_id IN (SELECT value FROM json_each(?1))", list);
  execute(database, "DELETE FROM message WHERE notification_id IN (SELECT value FROM json_each(?1))", list);
  // By both columns of its index.
  execute(database,
          "DELETE FROM attempt WHERE id IN (SELECT a.id FROM json_each(?1) j JOIN notification n ON n.id = j.value"
          " JOIN attempt a ON a.company_id = n.company_id AND a.notification_id = n.id)",
          list);
  execute(database, "DELETE FROM notification WHERE id IN (SELECT value FROM json_each(?1))", list);
}

Portion old_audit(Database& database, std::int64_t after, core::Instant before) {
  Portion result{.ids = {}, .last = after};
  std::int64_t seen = 0;
  Query row(database,
            "SELECT id, at, about LIKE 'suppression %' OR about LIKE 'customer %' FROM audit WHERE id > ?1"
            " ORDER BY id LIMIT ?2",
            after, portion * 5);
  while (row.next()) {
    if (row.instant(1) >= before) return result;
    ++seen;
    result.last = row.integer(0);
    if (row.integer(2) == 0) result.ids.push_back(result.last);
  }
  result.is_last = seen < portion * 5;
  return result;
}

void forget_audit(Database& database, const std::vector<std::int64_t>& ids, core::Instant before) {
  // What the audit's trigger asks for.
  execute(database,
          "INSERT INTO setting (name, value) VALUES ('audit_kept_since', ?1) ON CONFLICT DO UPDATE SET value = ?1",
          std::to_string(before.time_since_epoch().count()));
  execute(database, "DELETE FROM audit WHERE id IN (SELECT value FROM json_each(?1))", as_json(ids));
}

/// Runs `look` and `forget` in turns to the end of what is old; how many rows went.
template <typename Look, typename Forget>
std::size_t forget_in_portions(Database& database, core::DryRun dry_run, const std::function<bool()>& stop,
                               const Look& look, const Forget& forget) {
  std::size_t count = 0;
  std::int64_t after = 0;
  for (bool more = true; more && !stop();) {
    Portion found;
    const auto work = [&] {
      found = look(after);
      if (!found.ids.empty() && dry_run == core::DryRun::no) forget(found.ids);
    };
    dry_run == core::DryRun::yes ? work() : database.transaction(work);
    count += found.ids.size();
    after = found.last;
    more = !found.is_last;
  }
  return count;
}

/// Single hours become one sum, at hour 0: what states hold now is counted over all hours.
std::size_t sum_up_counters(Database& database, core::Instant before, core::DryRun dry_run) {
  if (dry_run == core::DryRun::yes) {
    Query row(database, "SELECT count(*) FROM tally WHERE hour > 0 AND hour < ?1", before);
    row.next();
    return static_cast<std::size_t>(row.integer(0));
  }
  std::size_t count = 0;
  for (;;) {
    std::size_t went = 0;
    database.transaction([&] {
      std::optional<core::Instant> first;
      {
        Query row(database, "SELECT min(hour) FROM tally WHERE hour > 0");
        if (row.next()) first = row.optional_instant(0);
      }
      if (!first || *first >= before) return;
      const auto end = std::min(before, *first + std::chrono::days{1});
      execute(database,
              "INSERT INTO tally (hour, company_id, event, channel, from_state, to_state, count)"
              " SELECT 0, company_id, event, channel, from_state, to_state, sum(count) FROM tally"
              " WHERE hour > 0 AND hour < ?1 GROUP BY company_id, event, channel, from_state, to_state"
              " ON CONFLICT DO UPDATE SET count = count + excluded.count",
              end);
      went = execute(database, "DELETE FROM tally WHERE hour > 0 AND hour < ?1", end);
    });
    if (went == 0) return count;
    count += went;
  }
}

/// Foreign keys rest: nothing refers to these runs, and looking for what might would read all attempts once a run.
class WithoutForeignKeys {
 public:
  explicit WithoutForeignKeys(Database& database) : database_(database) {
    database_.implementation().execute("PRAGMA foreign_keys = OFF");
  }
  ~WithoutForeignKeys() { database_.implementation().sqlite.tryExec("PRAGMA foreign_keys = ON"); }
  WithoutForeignKeys(const WithoutForeignKeys&) = delete;
  WithoutForeignKeys& operator=(const WithoutForeignKeys&) = delete;

 private:
  Database& database_;
};

std::size_t forget_runs(Database& database, core::Instant before, core::DryRun dry_run) {
  {
    Query row(database, "SELECT 1 FROM run WHERE finished_at < ?1 AND id < (SELECT max(id) FROM run) LIMIT 1", before);
    if (!row.next()) return 0;
  }
#define EGARAGE_OLD_RUNS                                                       \
  " FROM run WHERE finished_at < ?1 AND id < (SELECT max(id) FROM run)"        \
  " AND id < coalesce((SELECT min(run_id) FROM attempt), 9223372036854775807)" \
  " AND id NOT IN (SELECT run_id FROM account WHERE run_id IS NOT NULL)"       \
  " AND id NOT IN (SELECT run_id FROM notification INDEXED BY notification_in_hand WHERE run_id IS NOT NULL)"
  if (dry_run == core::DryRun::yes) {
    Query row(database, "SELECT count(*)" EGARAGE_OLD_RUNS, before);
    row.next();
    return static_cast<std::size_t>(row.integer(0));
  }
  const WithoutForeignKeys resting(database);
  std::size_t count = 0;
  database.transaction([&] { count = execute(database, "DELETE" EGARAGE_OLD_RUNS, before); });
  return count;
#undef EGARAGE_OLD_RUNS
}

}  // namespace

Purged purge(Database& database, const PurgeOrder& order, core::Instant now, const std::function<bool()>& stop) {
  Purged purged;
  purged.notifications = forget_in_portions(
      database, order.dry_run, stop,
      [&](std::int64_t after) { return old_notifications(database, after, order.finished_before); },
      [&](const std::vector<std::int64_t>& ids) { forget_notifications(database, ids, now); });
  purged.audit = forget_in_portions(
      database, order.dry_run, stop, [&](std::int64_t after) { return old_audit(database, after, order.audit_before); },
      [&](const std::vector<std::int64_t>& ids) { forget_audit(database, ids, order.audit_before); });
  if (stop()) return purged;
  purged.counters = sum_up_counters(database, order.finished_before, order.dry_run);
  purged.runs = forget_runs(database, order.finished_before, order.dry_run);
  return purged;
}

std::optional<core::Instant> last_purge(Database& database) {
  Query row(database, "SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'purged_at'");
  if (!row.next()) return std::nullopt;
  return row.instant(0);
}

void note_purge(Database& database, core::Instant now) {
  execute(database, "INSERT INTO setting (name, value) VALUES ('purged_at', ?1) ON CONFLICT DO UPDATE SET value = ?1",
          std::to_string(now.time_since_epoch().count()));
}

}  // namespace egarage::store
