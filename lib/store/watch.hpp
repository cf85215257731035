#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/channel.hpp"
#include "core/event.hpp"
#include "core/instant.hpp"
#include "core/status.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Where a notification stands.
struct Watched {
  NotificationId id;
  std::string company;  ///< slug
  core::Event event{};
  core::Channel channel{};
  std::string dedup_key, recipient;
  core::Status status{};
  std::string reason;
  core::Instant changed_at;
  std::optional<core::Instant> due_at;
};

/// Remembers which notifications are open when it begins, so that what became of them and of later ones can be told.
class Watch {
 public:
  explicit Watch(Database& database);

  /// Those that were open then, their fallbacks, and all that were created since, by company and number.
  std::vector<Watched> now() const;

 private:
  Database& database_;
  NotificationId last_;  ///< the newest one at the beginning
  std::vector<NotificationId> open_;
};

}  // namespace egarage::store
