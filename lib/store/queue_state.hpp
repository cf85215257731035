#pragma once

#include <optional>

#include "core/platform/run_lock.hpp"
#include "store/message_id.hpp"
#include "store/queue.hpp"

namespace egarage::store {

// All statements on the hot tables say OR ROLLBACK: a broken constraint is a defect and ends the whole transaction, and
// SQLite then needs no undo copies for the statement (migrations/0001_initial.sql says more).

/// What a Queue keeps between calls; both are made when they are first needed.
struct Queue::State {
  std::optional<MessageIds> message_ids;
  std::optional<core::platform::RunLock> run_lock;
};

}  // namespace egarage::store
