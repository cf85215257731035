#pragma once

#include "store/queue.hpp"

namespace egarage::store {

/// Whether some attempt of the notification is known to have been accepted, late or in time.
bool was_accepted(Database& database, NotificationId id);

/// Takes an `uncertain` notification to where the policy says, or to `accepted` when the answer came after all.
void leave_uncertain(Database& database, NotificationId id, const Queue::AfterUncertain& after, core::Instant now);

/// Records what came of asking the provider; nothing happens to a row that is no longer the run's.
void record_look(Database& database, const Look& look, RunId run, core::Instant now);

/// Searches of rows that need none any more, because they have ended or an operator has let them go.
void forget_ended_searches(Database& database);

}  // namespace egarage::store
