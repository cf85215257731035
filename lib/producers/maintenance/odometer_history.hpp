#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"
#include "producers/maintenance/odometer.hpp"
#include "producers/maintenance/typing_error.hpp"

namespace egarage::producers::maintenance {

/// Why a reading is not believed, where no typing error explains it.
enum class Implausible {
  no_such_date,
  in_the_future,
  not_read,             ///< zero or less: a field left empty
  more_than_any,        ///< more than 3,000,000 km
  lower_than_before,    ///< than a reading that is believed; alone, it does not prove a replaced odometer
  higher_than_later,    ///< than a reading that is believed
  too_far_for_the_time  ///< since the reading before, or until the next
};
inline constexpr core::EnumNames<Implausible, 7> implausible_names{
    {{Implausible::no_such_date, "has a date that does not exist"},
     {Implausible::in_the_future, "is dated in the future"},
     {Implausible::not_read, "is not a reading"},
     {Implausible::more_than_any, "is more than any vehicle has"},
     {Implausible::lower_than_before, "is lower than before; a second such reading would mean a replaced odometer"},
     {Implausible::higher_than_later, "is higher than a later reading"},
     {Implausible::too_far_for_the_time, "is too far away for the time between the readings"}}};

struct RejectedReading {
  OdometerReading reading;
  std::variant<Implausible, TypingError> reason;
};

/// The odometer starts anew on or before `since`: the readings go on from `first` where `last` was the one before.
struct OdometerReplacement {
  core::Date since;
  OdometerReading last, first;
};

/// A vehicle's readings, told apart. Nothing is lost: every reading given is in `believed` or in `rejected`, except
/// repetitions (same date, same distance) and those older than the newest 60.
struct OdometerHistory {
  /// By date, each odometer's readings in a vector of their own, the present one's last. No vector is empty; none at
  /// all when nothing is believed. Within one, distances never fall.
  std::vector<std::vector<OdometerReading>> believed;
  std::vector<RejectedReading> rejected;          ///< by date
  std::vector<OdometerReplacement> replacements;  ///< one fewer than `believed` has vectors

  const std::vector<OdometerReading>* present() const { return believed.empty() ? nullptr : &believed.back(); }
};

/// What is known of `readings` (in any order) on `today`. `usual_km_per_day` is what a vehicle of the country does:
/// the measure where a vehicle's own readings are too few.
///
/// The believed readings are the longest chain in which a vehicle could have driven from each reading to the next (at
/// most 1,000 km plus 500 km for each day); steps above 150 km a day count a little against a chain, and of chains as
/// long as each other the one that reaches the newest reading wins. A chain may start anew at any value, but that costs
/// more than one reading: a replaced odometer needs two readings to be believed, a single lower reading is an error.
/// (One is enough where it is the newest and low enough for an odometer that began at zero since the reading before.)
/// Then the newest and the oldest reading, which have a neighbour on one side only, are held against the others' rate:
/// rejected when their step is more than 2.5 times that, and a typing error explains it.
OdometerHistory sort_out(std::vector<OdometerReading> readings, core::Date today, double usual_km_per_day);

}  // namespace egarage::producers::maintenance
