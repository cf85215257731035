#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/queue.hpp"

namespace egarage::store {

struct AttemptRecord {
  int number = 0;
  RunId run;
  core::Instant started_at;
  std::optional<core::Instant> finished_at;
  std::optional<AttemptResult> result;  ///< absent while it is under way
  bool presumed_uncertain = false;      ///< nobody knew the result at first: it may have been learnt since
};

struct AuditRecord {
  core::Instant at;
  std::string from, to;  ///< states; `from` is empty for a new row
  std::string reason;
  std::optional<RunId> run;
};

/// Everything the store knows of one notification.
struct NotificationRecord {
  NotificationId id;
  std::string company;  ///< slug
  core::Event event{};
  core::Channel channel{};
  SentBy sent_by{};
  core::Status status{};
  core::Language language{};
  std::string dedup_key, recipient_name, recipient, subject, body, message_id, reason, provider_id;
  core::Instant created_at, updated_at;
  std::optional<core::Instant> due_at;  ///< while it waits or is in hand
  std::optional<core::Instant> not_after;
  int attempts = 0;
  std::string payload;                        ///< WhatsApp: the approved template
  std::optional<NotificationId> fallback_id;  ///< takes over when this one cannot reach the recipient
  std::vector<AttemptRecord> attempt_records;
  std::vector<AuditRecord> audit_records;
};

/// Counts of a period. Periods start at full hours.
struct Totals {
  struct Row {
    std::string company;  ///< slug
    core::Event event{};
    core::Channel channel{};
    core::Status status{};
    std::int64_t count = 0;
  };
  /// How many notifications came into each final or accepted state (and `queued`: were created) during the period.
  std::vector<Row> entered;
};

struct Failure {
  NotificationId id;
  std::string company, reason;
  core::Event event{};
  core::Channel channel{};
  core::Status status{};
  core::Instant at;
};

/// An account that is not used at the moment; or one of its approved templates that is not, named by `template_name`.
struct AccountTrouble {
  std::string company;  ///< slug; empty for the platform
  core::Channel channel{};
  AccountHealth health;
  std::string template_name{};  ///< `service_ready (es_CL)`; its health is then the template's
};

/// Questions about what was and is. Reads only.
class History {
 public:
  explicit History(Database& database) : database_(database) {}

  std::optional<NotificationRecord> notification(NotificationId id) const;
  /// By dedup key of a company.
  std::optional<NotificationRecord> notification(CompanyId company, std::string_view dedup_key) const;
  Totals totals(core::Instant since, std::optional<CompanyId> only = {}) const;
  /// How many rows are in each state now.
  std::vector<std::pair<core::Status, std::int64_t>> states_now(std::optional<CompanyId> only = {}) const;
  /// Rows that failed, expired, bounced or are held since then, newest first.
  std::vector<Failure> failures(core::Instant since, std::size_t at_most, std::optional<CompanyId> only = {}) const;
  std::vector<AccountTrouble> accounts_in_trouble() const;

 private:
  Database& database_;
};

}  // namespace egarage::store
