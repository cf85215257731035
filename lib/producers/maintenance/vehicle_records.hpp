#pragma once

#include <string_view>
#include <vector>

#include "producers/maintenance/vehicle_planning.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::producers::maintenance {

/// Reads what vehicles of one company are planned from.
class VehicleRecords {
 public:
  /// `country` is the company's: how far a vehicle is usually driven there.
  VehicleRecords(store::Database& database, store::CompanyId company, std::string_view country);

  /// As of `today`: later readings are not believed yet.
  VehicleRecord read(store::Vehicle vehicle, core::Date today) const;

 private:
  store::Database& database_;
  store::CompanyId company_;
  MileageRules mileage_rules_;
  std::vector<store::MaintenancePlan> plans_;  ///< the company's
};

/// Whether a reading or a service of the record is of a later day, up to a year ahead: then it is to be planned again,
/// for no other change will say that its day has come. Further ahead it is a typing error.
bool waits_for_a_day(const VehicleRecord& record, core::Date today);

}  // namespace egarage::producers::maintenance
