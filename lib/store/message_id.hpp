#pragma once

#include <string>
#include <string_view>

#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Gives the store the random key that its Message-IDs are signed with, unless it has one.
void create_message_id_key(Database& database);

/// Makes `n.<id>.<mark>@<domain>` (RFC 5322 §3.6.4, without angle brackets). The mark, 8 hex digits of an HMAC over the
/// id, tells a bounce of ours from a forged one. An empty domain leaves out the `@`.
class MessageIds {
 public:
  explicit MessageIds(Database& database);
  std::string message_id(NotificationId id, std::string_view domain) const;

 private:
  std::string key_;
};

}  // namespace egarage::store
