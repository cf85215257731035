#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>

#include "core/event.hpp"
#include "core/time_zone.hpp"

namespace egarage::core {

/// How often a customer may be written to with messages of one class. Days are those of the company's calendar.
struct ContactLimit {
  std::optional<int> per_week{};  ///< in any seven days, at least 1; absent: any number
  int days_apart = 0;             ///< so many days later the next one at the earliest: with 2 after Monday on Wednesday

  bool is_unlimited() const { return !per_week && days_apart == 0; }
  bool operator==(const ContactLimit&) const = default;
};

/// What somebody says about limits; a class without entry is left to those who are asked next.
using ContactLimits = std::map<EventClass, ContactLimit>;

/// The limit that nobody has said anything about: collection two a week, two days apart (what Chile's Ley 21.320 is
/// understood to ask for); promotional one a week; transactional none.
const ContactLimit& default_contact_limit(EventClass event_class);

/// The one in force: the company's, else the platform's, else the default.
const ContactLimit& contact_limit(EventClass event_class, const ContactLimits& company, const ContactLimits& platform);

/// When somebody may be written to once more.
struct NextContact {
  enum class Limit { per_week, days_apart };
  Instant at;                    ///< `now`, or the first instant of a later day of the company's
  std::optional<Limit> because;  ///< what forbids it now; empty when nothing does
};

/// `contacts`: the days of the messages of the class that the customer got, or may have got, in any order; one entry
/// for each that counts. A day after tomorrow's can only be the work of a clock that was wrong, and does not count.
NextContact next_contact(const ContactLimit& limit, std::span<const std::chrono::local_days> contacts,
                         const TimeZone& zone, Instant now);

/// How many days back contacts matter, today counted.
std::chrono::days reach(const ContactLimit& limit);

}  // namespace egarage::core
