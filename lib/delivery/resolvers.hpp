#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/event.hpp"
#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::delivery {

/// A claimed notification, as resolvers see it.
struct Reason {
  store::CompanyId company;
  store::NotificationId notification;
  core::Instant now;
};

/// Asks the store whether the reason for a notification still holds. Why it does not, in a few words (`renewed until
/// 2027-12-01`): then it is cancelled instead of sent. Empty: it holds, or nobody here can tell. Reads only; a seek or
/// two, for it is asked once for every message of its event that is about to leave.
using Resolver = std::optional<std::string> (*)(store::Database& database, const Reason& reason);

struct ResolverRow {
  core::Event event;
  Resolver resolve;
};

/// Every event whose reason can go away while its message waits: a row each. An event without a row is always sent.
std::span<const ResolverRow> resolvers();

/// What the event's resolver says; empty when it has none.
std::optional<std::string> gone(store::Database& database, core::Event event, const Reason& reason);

}  // namespace egarage::delivery
