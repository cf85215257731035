#pragma once

#include "store/queue.hpp"

namespace egarage::store {

/// Whether some attempt of the notification is known to have been accepted, late or in time.
bool was_accepted(Database& database, NotificationId id);

/// Takes an `uncertain` notification to where the policy says, or to `accepted` when the answer came after all.
void leave_uncertain(Database& database, NotificationId id, const Queue::AfterUncertain& after, core::Instant now);

}  // namespace egarage::store
