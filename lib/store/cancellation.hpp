#pragma once

#include <string_view>

#include "core/instant.hpp"
#include "core/status.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Whether the notification waits for its turn and is in nobody's hand: only then can it be withdrawn.
constexpr bool is_waiting(core::Status status) {
  return status == core::Status::queued || status == core::Status::retry_wait || status == core::Status::standby;
}

enum class Cancelled { yes, no };

/// Withdraws a notification that waits, and with it its fallbacks; the audit keeps the reason (not empty). `no`: it
/// does not wait any more. One that a run has claimed is left to the guards of that run.
Cancelled cancel(Database& database, NotificationId id, std::string_view reason, core::Instant now);

}  // namespace egarage::store
