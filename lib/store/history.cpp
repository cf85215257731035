#include "store/history.hpp"

#include <map>

#include "store/query.hpp"

namespace egarage::store {

namespace {

std::optional<AttemptResult> attempt_result(const Query& row) {
  if (row.is_null(4)) return std::nullopt;
  return AttemptResult{row.name(4, attempt_outcome_names),
                       row.text(5),
                       static_cast<int>(row.integer(6)),
                       row.text(7),
                       row.text(8),
                       row.text(9)};
}

std::vector<AttemptRecord> attempt_records(Database& database, NotificationId id) {
  std::vector<AttemptRecord> records;
  Query row(database,
            "SELECT run_id, started_at, finished_at, presumed_uncertain, outcome, phase, code, enhanced, text,"
            " provider_id FROM attempt WHERE company_id = (SELECT company_id FROM notification WHERE id = ?1)"
            " AND notification_id = ?1 ORDER BY id",
            id);
  while (row.next()) {
    records.push_back({static_cast<int>(records.size()) + 1, row.id<RunId>(0), row.instant(1), row.optional_instant(2),
                       attempt_result(row), row.integer(3) != 0});
  }
  return records;
}

std::vector<AuditRecord> audit_records(Database& database, NotificationId id) {
  std::vector<AuditRecord> records;
  Query row(database,
            "SELECT at, from_state, to_state, reason, run_id FROM audit WHERE notification_id = ?1 ORDER BY id", id);
  while (row.next()) {
    const auto run = row.is_null(4) ? std::nullopt : std::optional(row.id<RunId>(4));
    records.push_back({row.instant(0), row.text(1), row.text(2), row.text(3), run});
  }
  return records;
}

core::Instant full_hour(core::Instant instant) { return std::chrono::floor<std::chrono::hours>(instant); }

}  // namespace

std::optional<NotificationRecord> History::notification(NotificationId id) const {
  NotificationRecord record;
  {
    Query row(
        database_,
        "SELECT c.slug, n.event, n.channel, n.sent_by, n.status, m.language, n.dedup_key, m.recipient_name,"
        " n.recipient, m.subject, m.body, m.message_id, n.reason, n.created_at, n.due_at, n.updated_at,"
        " n.not_after, n.attempts, m.payload, n.fallback_id FROM notification n JOIN company c ON c.id = n.company_id"
        " JOIN message m ON m.notification_id = n.id WHERE n.id = ?1",
        id);
    if (!row.next()) return std::nullopt;
    record.id = id;
    record.company = row.text(0);
    record.event = row.event(1);
    record.channel = row.name(2, core::channel_names);
    record.sent_by = row.name(3, sent_by_names);
    record.status = row.name(4, core::status_names);
    record.language = row.name(5, core::language_names);
    record.dedup_key = row.text(6);
    record.recipient_name = row.text(7);
    record.recipient = row.text(8);
    record.subject = row.text(9);
    record.body = row.text(10);
    record.message_id = row.text(11);
    record.reason = row.text(12);
    record.created_at = row.instant(13);
    record.due_at = row.optional_instant(14);
    record.updated_at = row.instant(15);
    record.not_after = row.optional_instant(16);
    record.attempts = static_cast<int>(row.integer(17));
    record.payload = row.text(18);
    if (!row.is_null(19)) record.fallback_id = row.id<NotificationId>(19);
  }
  record.attempt_records = attempt_records(database_, id);
  record.audit_records = audit_records(database_, id);
  for (const auto& attempt : record.attempt_records) {
    if (attempt.result && !attempt.result->provider_id.empty()) record.provider_id = attempt.result->provider_id;
  }
  return record;
}

std::optional<NotificationRecord> History::notification(CompanyId company, std::string_view dedup_key) const {
  NotificationId id;
  {
    Query row(database_, "SELECT id FROM notification WHERE company_id = ?1 AND dedup_key = ?2", company, dedup_key);
    if (!row.next()) return std::nullopt;
    id = row.id<NotificationId>(0);
  }
  return notification(id);
}

Totals History::totals(core::Instant since, std::optional<CompanyId> only) const {
  Totals totals;
  Query row(
      database_,
      "SELECT c.slug, t.event, t.channel, t.to_state, sum(t.count)"
      " FROM tally t JOIN company c ON c.id = t.company_id WHERE t.hour >= ?1 AND (?2 IS NULL OR t.company_id = ?2)"
      " AND t.to_state NOT IN ('', 'retry_wait', 'uncertain', 'held') AND (t.to_state <> 'queued' OR t.from_state = '')"
      " GROUP BY c.slug, t.event, t.channel, t.to_state",
      full_hour(since), only);
  while (row.next()) {
    totals.entered.push_back(
        {row.text(0), row.event(1), row.name(2, core::channel_names), row.name(3, core::status_names), row.integer(4)});
  }
  return totals;
}

std::vector<std::pair<core::Status, std::int64_t>> History::states_now(std::optional<CompanyId> only) const {
  std::map<core::Status, std::int64_t> counts;
  {
    Query row(
        database_,
        "SELECT state, sum(change) FROM"
        " (SELECT to_state AS state, sum(count) AS change FROM tally WHERE ?1 IS NULL OR company_id = ?1 GROUP BY 1"
        " UNION ALL SELECT from_state, -sum(count) FROM tally WHERE ?1 IS NULL OR company_id = ?1 GROUP BY 1)"
        " WHERE state <> '' GROUP BY state",
        only);
    while (row.next()) counts[row.name(0, core::status_names)] = row.integer(1);
  }
  {
    // The tally counts rows in hand as what they were before.
    Query row(database_,
              "SELECT status, iif(attempts > 0, 'retry_wait', 'queued') AS before, count(*) FROM notification"
              " INDEXED BY notification_in_hand WHERE run_id IS NOT NULL"
              " AND (?1 IS NULL OR company_id = ?1) GROUP BY status, before",
              only);
    while (row.next()) {
      counts[row.name(0, core::status_names)] += row.integer(2);
      counts[row.name(1, core::status_names)] -= row.integer(2);
    }
  }
  std::erase_if(counts, [](const auto& entry) { return entry.second == 0; });
  return {counts.begin(), counts.end()};
}

std::vector<Failure> History::failures(core::Instant since, std::size_t at_most, std::optional<CompanyId> only) const {
  std::vector<Failure> failures;
  Query row(database_,
            "SELECT n.id, c.slug, n.reason, n.event, n.channel, n.status, n.updated_at"
            " FROM notification n INDEXED BY notification_with_reason CROSS JOIN company c ON c.id = n.company_id"
            " WHERE n.reason <> '' AND n.status IN ('held', 'bounced', 'undelivered', 'failed', 'expired')"
            " AND n.updated_at >= ?1 AND (?3 IS NULL OR n.company_id = ?3)"
            " ORDER BY n.updated_at DESC, n.id DESC LIMIT ?2",
            since, at_most, only);
  while (row.next()) {
    failures.push_back({row.id<NotificationId>(0), row.text(1), row.text(2), row.event(3),
                        row.name(4, core::channel_names), row.name(5, core::status_names), row.instant(6)});
  }
  return failures;
}

std::vector<AccountTrouble> History::accounts_in_trouble() const {
  std::vector<AccountTrouble> troubles;
  Query row(database_,
            "SELECT coalesce(c.slug, ''), a.channel, a.state, a.retry_at, a.failures, a.reason, a.pipelining_broken, ''"
            " FROM account a LEFT JOIN company c ON c.id = a.company_id WHERE a.state <> 'ok' UNION ALL"
            " SELECT coalesce(c.slug, ''), a.channel, 'blocked', b.retry_at, b.failures, b.reason, 0,"
            " b.template || ' (' || b.language || ')' FROM template_block b JOIN account a ON a.id = b.account_id"
            " LEFT JOIN company c ON c.id = a.company_id ORDER BY 1, 2, 8");
  while (row.next()) {
    troubles.push_back({row.text(0),
                        row.name(1, core::channel_names),
                        {row.name(2, account_state_names), row.optional_instant(3), static_cast<int>(row.integer(4)),
                         row.text(5), row.integer(6) != 0},
                        row.text(7)});
  }
  return troubles;
}

}  // namespace egarage::store
