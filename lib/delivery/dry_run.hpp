#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/database.hpp"
#include "store/queue.hpp"

namespace egarage::delivery {

/// What a run would do with one company's due messages on one channel.
struct PlannedLane {
  std::string company;  ///< slug
  core::Channel channel{};
  store::SentBy sent_by{};
  std::size_t due = 0;
  std::optional<core::Instant> postponed_until;  ///< empty: it would go out now
  std::string reason;                            ///< why not now
};

/// Looks, claims nothing, changes nothing. One entry for each lane that has something due, by company; several where
/// its events have different hours now. Limits of contacts and silences, which are looked at message by message, are
/// not in it.
std::vector<PlannedLane> plan_queue(store::Database& database, core::Instant now, std::optional<store::CompanyId> only);

}  // namespace egarage::delivery
