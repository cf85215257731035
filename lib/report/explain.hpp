#pragma once

#include <string>

#include "core/time_zone.hpp"
#include "store/history.hpp"

namespace egarage::report {

/// Whether the recipient is named in full.
enum class Privacy { masked, full };

/// The life of one notification as a story: what it is, for whom, every change of state and every attempt with what the
/// provider said, and what comes next. Times are wall clock of `zone`.
std::string explain_text(const store::NotificationRecord& record, const core::TimeZone& zone, core::Instant now,
                         Privacy privacy);

/// The same as one JSON object; times are RFC 3339 UTC. The message's text is part of it only with Privacy::full.
std::string explain_json(const store::NotificationRecord& record, Privacy privacy);

/// What comes next, in one sentence: `Waits for 09:00 …`, `Nothing more: …`.
std::string next_step(const store::NotificationRecord& record, const core::TimeZone& zone, core::Instant now);

}  // namespace egarage::report
