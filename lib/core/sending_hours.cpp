#include "core/sending_hours.hpp"

#include <algorithm>

namespace egarage::core {

namespace {

using std::chrono::days;
using std::chrono::minutes;

bool is_closed(const SendingHours& hours, std::chrono::local_days day) {
  return std::ranges::binary_search(hours.closed_days, day);
}

bool opens_on(const SendingHours& hours, std::chrono::local_days day) {
  const std::chrono::weekday weekday{day};
  const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
  return (hours.weekends || !weekend) && !is_closed(hours, day);
}

/// Around the clock but for holidays.
Opening opening_but_for_closed_days(const SendingHours& hours, const TimeZone& zone, Instant now) {
  auto day = std::chrono::floor<days>(zone.to_local(now));
  const bool open = !is_closed(hours, day);
  if (!open) {
    while (is_closed(hours, day)) day += days{1};
    return {false, zone.to_instant(LocalTime{day})};
  }
  const auto closed = std::ranges::upper_bound(hours.closed_days, day);
  return {true, closed == hours.closed_days.end() ? Instant::max() : zone.to_instant(LocalTime{*closed})};
}

}  // namespace

Opening opening_at(const SendingHours& hours, const TimeZone& zone, Instant now) {
  const bool whole_day = hours.start == minutes{0} && hours.end == days{1};
  if (whole_day && hours.weekends) return opening_but_for_closed_days(hours, zone, now);

  const auto length = hours.end > hours.start ? hours.end - hours.start : hours.end + days{1} - hours.start;
  const auto today = std::chrono::floor<days>(zone.to_local(now));
  // Yesterday's window may reach into today. Eight days ahead always hold a working day, were it not for holidays: of
  // any seven days in a row five would have to be holidays for none to open.
  const auto furthest = today + days{8} + days{2 * static_cast<int>(hours.closed_days.size())};
  Instant closes{};
  for (auto day = today - days{1}; day <= furthest; day += days{1}) {
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
