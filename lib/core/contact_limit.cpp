#include "core/contact_limit.hpp"

#include <algorithm>
#include <vector>

namespace egarage::core {

namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr days week{7};

bool is_week_full(const ContactLimit& limit, std::span<const local_days> contacts, local_days day) {
  return limit.per_week &&
         std::ranges::count_if(contacts, [&](auto contact) { return day - contact < week; }) >= *limit.per_week;
}

bool is_too_close(const ContactLimit& limit, std::span<const local_days> contacts, local_days day) {
  return std::ranges::any_of(contacts, [&](auto contact) { return day - contact < days{limit.days_apart}; });
}

}  // namespace

const ContactLimit& default_contact_limit(EventClass event_class) {
  static const ContactLimit none, collection{2, 2}, promotional{1, 0};
  switch (event_class) {
    case EventClass::collection:
      return collection;
    case EventClass::promotional:
      return promotional;
    case EventClass::transactional:
      break;
  }
  return none;
}

const ContactLimit& contact_limit(EventClass event_class, const ContactLimits& company, const ContactLimits& platform) {
  for (const auto* limits : {&company, &platform}) {
    if (const auto own = limits->find(event_class); own != limits->end()) return own->second;
  }
  return default_contact_limit(event_class);
}

NextContact next_contact(const ContactLimit& limit, std::span<const local_days> contacts, const TimeZone& zone,
                         Instant now) {
  const auto today = std::chrono::floor<days>(zone.to_local(now));
  std::vector<local_days> past;
  for (const auto contact : contacts) {
    // Of two overlapping runs one's clock may already show tomorrow.
    if (contact <= today + days{1}) past.push_back(std::min(contact, today));
  }
  NextContact next{now, std::nullopt};
  if (is_week_full(limit, past, today)) {
    next.because = NextContact::Limit::per_week;
  } else if (is_too_close(limit, past, today)) {
    next.because = NextContact::Limit::days_apart;
  }
  if (!next.because) return next;
  auto day = today + days{1};
  while (is_week_full(limit, past, day) || is_too_close(limit, past, day)) day += days{1};
  next.at = zone.to_instant(LocalTime{day});
  return next;
}

std::chrono::days reach(const ContactLimit& limit) {
  return std::max(limit.per_week ? week : days{0}, days{limit.days_apart});
}

}  // namespace egarage::core
