#pragma once

#include <chrono>
#include <vector>

#include "core/time_zone.hpp"

namespace egarage::core {

/// When a company's messages may go out: from `start` until just before `end`, wall clock of its time zone.
/// `end` before `start` means a window over midnight; it belongs to the day on which it opens.
/// `00:00` to `24:00` is the whole day; an empty window (`start == end`) cannot be configured.
struct SendingHours {
  std::chrono::minutes start{8 * 60};
  std::chrono::minutes end{20 * 60};
  bool weekends = false;     ///< whether a window may open on Saturday and Sunday
  bool holidays = weekends;  ///< whether one may open on a national holiday
  /// The holidays on which none opens, in order; empty when `holidays` is true. Not a setting: who reads a company from
  /// the store finds them filled in.
  std::vector<std::chrono::local_days> closed_days{};

  bool operator==(const SendingHours&) const = default;
};

/// The answer to "may it go now?".
struct Opening {
  bool open;       ///< the window is open at the instant asked for
  Instant change;  ///< when it closes (if open) or opens next (if not); far future when it never closes
};

/// Exact at clock changes: an opening that falls into a gap is the first instant after it, an hour that happens twice
/// is open (or closed) both times.
Opening opening_at(const SendingHours& hours, const TimeZone& zone, Instant now);

}  // namespace egarage::core
