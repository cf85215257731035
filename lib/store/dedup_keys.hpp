#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/status.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// A notification by the key that keeps it single.
struct KeyedNotification {
  NotificationId id;
  std::string dedup_key;
  core::Status status{};
};

/// The company's notifications whose dedup key begins with `prefix` (not empty), in the order of their keys; all
/// states. One seek in an index, and a row each.
std::vector<KeyedNotification> keyed(Database& database, CompanyId company, std::string_view prefix);

/// Throws core::Error{store} when there is no such notification.
std::string dedup_key(Database& database, NotificationId id);

}  // namespace egarage::store
