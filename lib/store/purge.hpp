#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "core/dry_run.hpp"
#include "core/instant.hpp"
#include "store/database.hpp"

namespace egarage::store {

struct PurgeOrder {
  core::Instant finished_before;  ///< finished notifications whose last change is older go
  core::Instant audit_before;     ///< audit rows that are older go
  core::DryRun dry_run = core::DryRun::no;
};

/// How much went.
struct Purged {
  std::size_t notifications = 0;  ///< with their messages, attempts and subjects
  std::size_t audit = 0;
  std::size_t counters = 0;  ///< rows of the statistics that became one sum
  std::size_t runs = 0;
};

/// Forgets what is old, in transactions of some milliseconds, oldest first; stops early when `stop` says so. What
/// waits, is in hand, uncertain or held never goes, nor does the newest notification (its id would be given again), nor
/// what the audit says of opt-outs and of customers' wishes. Counters of single hours become one sum, so that the
/// counts of states stay right: a notification that went leaves its state in them.
Purged purge(Database& database, const PurgeOrder& order, core::Instant now, const std::function<bool()>& stop);

/// When a purge came to its end last; empty before the first.
std::optional<core::Instant> last_purge(Database& database);
void note_purge(Database& database, core::Instant now);

}  // namespace egarage::store
