#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

// Whether there still is a reason to write to somebody: asked by producers before they make a message, and once more
// just before it leaves. A few seeks each.

namespace egarage::store {

/// Why nobody is to be asked for a document that was due on `announced`: `paid on 2026-11-20`, `now due on 2027-01-15`,
/// `has no due date any more`, `the document is gone`. Empty: it is still to be paid by that day.
std::optional<std::string> why_not_asked(Database& database, CompanyId company, std::string_view document,
                                         core::Date announced);

struct Absence {
  std::string_view customer;  ///< key
  core::Date last_visit;      ///< the day of the customer's last document, as it was when this was found out
  core::Date today;
};

/// How far ahead a planned reminder is something that the customer will soon hear of anyway.
inline constexpr std::chrono::days reminder_is_soon{30};
core::Date soon_after(core::Date today);  ///< the last day of them

/// Why a customer is not to be invited back: `came back on 2026-11-20`, `has no documents any more`, `the customer is
/// gone`, `wants no promotional messages`, `opted out: answered STOP`, `has an unpaid document`, `has a maintenance
/// reminder`, `has sold all vehicles`. Empty: nothing speaks against it.
///
/// An address of the customer that must not be written to, on whatever channel and for whatever cause, speaks against
/// all of them: nobody can tell a dead number from one whose owner said STOP by all providers' words, and an invitation
/// is not worth the mistake.
std::optional<std::string> why_not_invited(Database& database, CompanyId company, const Absence& absence);

}  // namespace egarage::store
