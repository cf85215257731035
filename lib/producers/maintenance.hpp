#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "producers/maintenance/reminder_steps.hpp"
#include "producers/producer.hpp"
#include "store/database.hpp"

namespace egarage::producers {

/// What planning and its messages came to.
struct MaintenanceReport {
  ProducerReport notices;
  std::size_t vehicles = 0;   ///< planned anew
  std::size_t planned = 0;    ///< reminders made or changed
  std::size_t done = 0;       ///< closed by a document
  std::size_t withdrawn = 0;  ///< cancelled: sold, or no plan stands behind them any more
  /// An odometer reading that is not believed, of a vehicle that was planned anew.
  struct Rejected {
    std::string company, vehicle;
    std::string sentence;  ///< `1,234,560 km of 2025-01-07 looks like an extra digit`
  };
  std::vector<Rejected> rejected;
};

/// MANTENIMIENTO_RECORDATORIO: plans the vehicles of which something has changed (maintenance/vehicle_planning.hpp),
/// then writes to the owners of those whose reminders' day has come (maintenance/reminder_steps.hpp). All reminders of
/// a customer that are due in one run are one message, written for the moment at which it can be read.
///
/// Who does not want to hear of it, is silenced, or has no address is looked at again the next day, as long as it makes
/// sense. May run at any time, any number of times, also overlapping. A dry run says what messages there would be, with
/// the plans as they would be made.
MaintenanceReport remind_of_maintenance(store::Database& database, const maintenance::ReminderRules& rules,
                                        const ProducerRequest& request);

}  // namespace egarage::producers
