#pragma once

#include <chrono>
#include <vector>

#include "producers/producer.hpp"
#include "store/database.hpp"

namespace egarage::producers {

enum class Statutory { told, not_told };

/// When customers are told of an inspection.
struct InspectionRules {
  std::vector<std::chrono::days> before{std::chrono::days{7}, std::chrono::days{1}};  ///< an appointment's day
  std::chrono::minutes hour{9 * 60};       ///< not earlier on that day, by the company's clock
  Statutory statutory = Statutory::told;   ///< the month by the plate's last digit
  std::chrono::days statutory_before{30};  ///< the month's first day
};

/// REVISION_VEHICULO, to the owners of vehicles that are not sold:
///
/// - Of appointments, also of stored days of the statutory inspection, at the hour on each step's day. A closed day's
///   step is moved to the company's next opening, or, where that would be the appointment's own day, to the opening day
///   before. A missed step is made up for as long as the next one has not come and the appointment has not begun; one
///   without a time begins at `hour`.
/// - In countries that inspect by the plate's last digit (store::Calendar), once for each year's month, unless an
///   inspection is booked or was made in the quarter before it, or since. All vehicles of a digit are looked at once;
///   afterwards those that have come or changed, and once a day those whose owners could not be written to.
///
/// May run at any time, any number of times, also overlapping. It comes before the planning of maintenance, which
/// forgets which vehicles have changed.
ProducerReport announce_inspections(store::Database& database, const InspectionRules& rules,
                                    const ProducerRequest& request);

}  // namespace egarage::producers
