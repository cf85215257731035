#pragma once

#include <vector>

#include "delivery/run_context.hpp"

namespace egarage::delivery {

struct Commit;

/// A row of the next commit's starts whose class has a limit of contacts.
struct LimitedStart {
  store::NotificationId notification;
  core::Event event{};
  std::optional<core::Instant> not_after;
  const CompanyFacts* company;  ///< only what never changes in a run may be read of it
};

/// A row that the limit kept from being marked.
struct OverLimit {
  const CompanyFacts* company;
  store::PutBack put_back;
};

/// Says of a chosen row, as the accounts choose, that its class has a limit. Others cost nothing more.
void note_limit(std::vector<LimitedStart>& limited, const store::Claimed& row, const CompanyFacts& company);

/// Puts back, instead of marking, what would be one message too many for its customer: until the first moment at which
/// one more is allowed and the event's hours are open. Inside the transaction that writes the marks, and before they
/// are written, so that two runs, or two accounts of one run, never both believe that theirs is the last one allowed.
/// What the customer has got, what may have arrived and what is on the wire count; a message that goes out on several
/// channels on the same day counts once.
void keep_contact_limits(RunContext& context, Commit& commit, core::Instant now);

/// Logs and counts what the limits kept back; on the loop's thread.
void report_over_limit(RunContext& context, const Commit& commit);

}  // namespace egarage::delivery
