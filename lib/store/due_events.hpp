#pragma once

#include <map>

#include "store/queue.hpp"

namespace egarage::store {

/// How many rows of the lane are due, by event. Reads each of them: for companies whose events have hours of their own.
std::map<core::Event, std::size_t> due_by_event(Database& database, const Lane& lane, core::Instant now);

}  // namespace egarage::store
