#include "store/receipts.hpp"

#include <fmt/format.h>

#include "store/query.hpp"

namespace egarage::store {

namespace {

using core::Status;

/// The attempt that a receipt speaks of, and where its notification stands.
struct Subject {
  AttemptId attempt;
  std::optional<AttemptOutcome> outcome;
  NotificationId notification;
  CompanyId company;
  std::optional<CompanyId> account_of;  ///< the company whose account sent it; empty: the platform's
  core::Channel channel{};
  Status status{};
  std::string recipient, provider_id;

  /// Whether the receipt may speak of it: the account is the same, and so is the provider's name where it has one.
  bool is_meant_by(const Receipt& receipt) const {
    return account_of == receipt.company && channel == receipt.channel &&
           (provider_id.empty() || receipt.provider_id.empty() || provider_id == receipt.provider_id);
  }
};

Subject read_subject(const Query& row) {
  Subject subject;
  subject.attempt = row.id<AttemptId>(0);
  if (!row.is_null(1)) subject.outcome = row.name(1, attempt_outcome_names);
  subject.notification = row.id<NotificationId>(2);
  subject.company = row.id<CompanyId>(3);
  if (row.name(4, sent_by_names) == SentBy::company) subject.account_of = row.id<CompanyId>(3);
  subject.channel = row.name(5, core::channel_names);
  subject.status = row.name(6, core::status_names);
  subject.recipient = row.text(7);
  subject.provider_id = row.text(8);
  return subject;
}

std::optional<Subject> find_named(Database& database, const Receipt& receipt) {
  Query row(database,
            "SELECT a.id, a.outcome, n.id, n.company_id, n.sent_by, n.channel, n.status, n.recipient, a.provider_id"
            " FROM provider_message p CROSS JOIN attempt a ON a.id = p.attempt_id AND a.provider_id = p.provider_id"
            " CROSS JOIN notification n ON n.id = a.notification_id"
            " WHERE p.provider_id = ?1 AND n.channel = ?2 ORDER BY a.id DESC LIMIT 1",
            receipt.provider_id, core::to_string(receipt.channel));
  if (row.next()) return read_subject(row);
  return std::nullopt;
}

/// Makes what has been sent since the last time known to find_named(). Attempts that are still under way, and all after
/// them, are looked at again the next time. E-mail has no receipts.
void enter_provider_messages(Database& database) {
  execute(database,
          "INSERT OR IGNORE INTO provider_message (provider_id, attempt_id) SELECT a.provider_id, a.id FROM attempt a"
          " CROSS JOIN notification n ON n.id = a.notification_id WHERE a.id > (SELECT CAST(value AS INTEGER)"
          " FROM setting WHERE name = 'provider_messages_entered') AND a.outcome IS NOT NULL AND a.provider_id <> ''"
          " AND n.channel <> 'email' ORDER BY a.provider_id");
  execute(database,
          "UPDATE setting SET value = coalesce((SELECT min(id) - 1 FROM attempt WHERE id > CAST(value AS INTEGER)"
          " AND outcome IS NULL), (SELECT max(id) FROM attempt), 0) WHERE name = 'provider_messages_entered'");
}

std::optional<Subject> find_subject(Database& database, const Receipt& receipt) {
  if (receipt.attempt) {
    Query row(database,
              "SELECT a.id, a.outcome, n.id, n.company_id, n.sent_by, n.channel, n.status, n.recipient, a.provider_id "
              "FROM attempt a"
              " JOIN notification n ON n.id = a.notification_id WHERE a.id = ?1",
              *receipt.attempt);
    if (row.next()) return read_subject(row);
  }
  if (receipt.provider_id.empty()) return std::nullopt;
  if (auto subject = find_named(database, receipt)) return subject;
  enter_provider_messages(database);
  return find_named(database, receipt);
}

/// Nobody has said yet what became of it, and nothing of it is on the wire.
bool is_open(Status status) {
  return status == Status::held || status == Status::uncertain || status == Status::retry_wait ||
         status == Status::queued || status == Status::claimed;
}

/// Where the receipt takes a notification; empty when it says nothing new.
std::optional<Status> next_status(Status from, const Receipt& receipt) {
  switch (receipt.status) {
    case ReceiptStatus::sent:
      return is_open(from) ? std::optional(Status::accepted) : std::nullopt;
    case ReceiptStatus::delivered:
      if (is_open(from) || from == Status::accepted) return Status::delivered;
      return std::nullopt;
    case ReceiptStatus::read:
      if (is_open(from) || from == Status::accepted || from == Status::delivered) return Status::read;
      return std::nullopt;
    case ReceiptStatus::failed:
      if (from == Status::accepted) return Status::undelivered;
      if (from == Status::queued || from == Status::claimed || !is_open(from)) return std::nullopt;
      return receipt.failure == ReceiptFailure::temporary ? Status::retry_wait : Status::failed;
  }
  return std::nullopt;
}

/// A receipt names an attempt whose answer nobody heard: now its result is known.
void record_answer(Database& database, const Subject& subject, const Receipt& receipt, core::Instant now) {
  const bool taken = receipt.status != ReceiptStatus::failed;
  execute(database,
          "UPDATE OR ROLLBACK attempt SET outcome = ?2, presumed_uncertain = 1, finished_at = ?3, phase = 'answer',"
          " code = ?4, text = ?5, provider_id = ?6 WHERE id = ?1 AND outcome = 'uncertain'",
          subject.attempt,
          core::name_of(attempt_outcome_names, taken ? AttemptOutcome::accepted : AttemptOutcome::rejected), now,
          receipt.code, receipt.text, receipt.provider_id);
}

void keep_orphan(Database& database, const Receipt& receipt, core::Instant now) {
  execute(database,
          "INSERT INTO orphan_receipt (company_id, channel, provider_id, attempt_id, status, code, text, said_at,"
          " received_at, failure) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE NOT EXISTS (SELECT 1 FROM "
          "orphan_receipt"
          " WHERE provider_id = ?3 AND status = ?5 AND channel = ?2 AND company_id IS ?1 AND attempt_id IS ?4)",
          receipt.company, core::to_string(receipt.channel), receipt.provider_id, receipt.attempt,
          core::name_of(receipt_status_names, receipt.status), receipt.code, receipt.text, receipt.said_at, now,
          core::name_of(receipt_failure_names, receipt.failure));
}

bool is_latest(Database& database, const Subject& subject) {
  Query row(database,
            "SELECT max(id) FROM attempt WHERE company_id = (SELECT company_id FROM notification WHERE id = ?1)"
            " AND notification_id = ?1",
            subject.notification);
  return row.next() && row.id<AttemptId>(0) == subject.attempt;
}

void move(Database& database, const Subject& subject, Status next, const Receipt& receipt, core::Instant now) {
  const bool failed = receipt.status == ReceiptStatus::failed;
  execute(database,
          "UPDATE OR ROLLBACK notification SET status = ?2, due_at = ?5, run_id = NULL, lease_at = NULL, reason = ?3,"
          " updated_at = ?4 WHERE id = ?1 AND status <> 'sending'",
          subject.notification, core::to_string(next),
          failed ? fmt::format("not delivered: {}{}{}", receipt.code, receipt.text.empty() ? "" : ": ", receipt.text)
                 : std::string{},
          now, next == Status::retry_wait ? std::optional(now) : std::nullopt);
  execute(database, "DELETE FROM reconciliation WHERE notification_id = ?1", subject.notification);
}

void suppress(Database& database, const Subject& subject, const Receipt& receipt, core::Instant now) {
  if (receipt.status != ReceiptStatus::failed) return;
  if (receipt.failure == ReceiptFailure::message || receipt.failure == ReceiptFailure::temporary) return;
  const bool promotional = receipt.failure == ReceiptFailure::promotion_opt_out;
  Directory{database}.suppress(subject.company, subject.channel, subject.recipient,
                               promotional ? SuppressionScope::promotional : SuppressionScope::all,
                               fmt::format("by receipt: {} {}", receipt.code, receipt.text), now);
}

Settled apply(Database& database, const Subject& subject, const Receipt& receipt, core::Instant now) {
  const bool was_unknown = subject.outcome == AttemptOutcome::uncertain;
  // A receipt has nothing to say about an attempt that was refused.
  if (!was_unknown && subject.outcome != AttemptOutcome::accepted) return Settled::known;
  suppress(database, subject, receipt, now);
  // An older attempt's failure decides nothing: a later one is on its way, or has been refused on its own account.
  const bool decides = receipt.status != ReceiptStatus::failed || is_latest(database, subject);
  if (was_unknown) record_answer(database, subject, receipt, now);
  if (subject.status == Status::sending) {
    keep_orphan(database, receipt, now);  // the row is a run's; what comes of it is settled with that
    return Settled::orphan;
  }
  const auto next = decides ? next_status(subject.status, receipt) : std::nullopt;
  if (next) move(database, subject, *next, receipt, now);
  return next || was_unknown ? Settled::moved : Settled::known;
}

Settled settle_now(Database& database, const Receipt& receipt, core::Instant now) {
  const auto subject = find_subject(database, receipt);
  if (subject && !subject->is_meant_by(receipt)) return Settled::foreign;
  // Providers may be faster than our own commit.
  if (!subject || !subject->outcome) {
    keep_orphan(database, receipt, now);
    return Settled::orphan;
  }
  return apply(database, *subject, receipt, now);
}

struct Orphan {
  std::int64_t id;
  Receipt receipt;
};

std::vector<Orphan> orphans_of(Database& database, const Settlement& settlement) {
  std::vector<Orphan> orphans;
  Query row(database,
            "SELECT id, company_id, channel, provider_id, attempt_id, status, code, text, said_at, failure"
            " FROM orphan_receipt"
            " WHERE (?1 <> '' AND provider_id = ?1) OR attempt_id IN (SELECT id FROM attempt WHERE company_id ="
            " (SELECT company_id FROM notification WHERE id = ?2) AND notification_id = ?2) ORDER BY said_at, id",
            settlement.result.provider_id, settlement.notification);
  while (row.next()) {
    Receipt receipt;
    if (!row.is_null(1)) receipt.company = row.id<CompanyId>(1);
    receipt.channel = row.name(2, core::channel_names);
    receipt.provider_id = row.text(3);
    if (!row.is_null(4)) receipt.attempt = row.id<AttemptId>(4);
    receipt.status = row.name(5, receipt_status_names);
    receipt.code = static_cast<int>(row.integer(6));
    receipt.text = row.text(7);
    receipt.said_at = row.instant(8);
    receipt.failure = row.name(9, receipt_failure_names);
    orphans.push_back({row.integer(0), std::move(receipt)});
  }
  return orphans;
}

}  // namespace

Settled Receipts::settle(const Receipt& receipt, core::Instant now) {
  Settled settled{};
  atomically(database_, [&] { settled = settle_now(database_, receipt, now); });
  return settled;
}

std::size_t Receipts::orphans() const {
  Query row(database_, "SELECT count(*) FROM orphan_receipt");
  row.next();
  return static_cast<std::size_t>(row.integer(0));
}

void Receipts::forget_orphans(core::Instant before) {
  execute(database_, "DELETE FROM orphan_receipt WHERE received_at < ?1", before);
}

void settle_orphans(Database& database, const std::vector<Settlement>& settlements, core::Instant now) {
  {
    Query row(database, "SELECT 1 FROM orphan_receipt LIMIT 1");
    if (!row.next()) return;
  }
  for (const auto& settlement : settlements) {
    for (const auto& [id, receipt] : orphans_of(database, settlement)) {
      execute(database, "DELETE FROM orphan_receipt WHERE id = ?1", id);
      settle_now(database, receipt, now);
    }
  }
}

}  // namespace egarage::store
