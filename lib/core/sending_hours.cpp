#include "core/sending_hours.hpp"

#include <algorithm>

namespace egarage::core {

namespace {

using std::chrono::days;
using std::chrono::minutes;

bool opens_on(const SendingHours& hours, std::chrono::local_days day) {
  const std::chrono::weekday weekday{day};
  return hours.weekends || (weekday != std::chrono::Saturday && weekday != std::chrono::Sunday);
}

}  // namespace

Opening opening_at(const SendingHours& hours, const TimeZone& zone, Instant now) {
  const bool whole_day = hours.start == minutes{0} && hours.end == days{1};
  if (whole_day && hours.weekends) return {true, Instant::max()};

  const auto length = hours.end > hours.start ? hours.end - hours.start : hours.end + days{1} - hours.start;
  const auto today = std::chrono::floor<days>(zone.to_local(now));
  // Yesterday's window may reach into today. Eight days ahead always holds a working day.
  Instant closes{};
  for (auto day = today - days{1}; day <= today + days{8}; day += days{1}) {
    if (!opens_on(hours, day)) continue;
    const Instant opens = zone.to_instant(LocalTime{day} + hours.start);
    const Instant ends = zone.to_instant(LocalTime{day} + hours.start + length);
    if (closes != Instant{}) {
      if (opens > closes) return {true, closes};
      closes = std::max(closes, ends);  // windows that touch are one
      continue;
    }
    if (now < opens && opens < ends) return {false, opens};
    if (opens <= now && now < ends) closes = ends;
  }
  return {closes != Instant{}, closes};
}

}  // namespace egarage::core
