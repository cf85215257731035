#include "producers/maintenance/vehicle_records.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "store/odometer.hpp"

namespace egarage::producers::maintenance {

namespace {

std::vector<OdometerReading> readings_of(const store::Vehicle& vehicle,
                                         const std::vector<store::OdometerReading>& stored) {
  std::vector<OdometerReading> result;
  result.reserve(stored.size());
  for (const auto& reading : stored) {
    result.push_back({reading.date, reading.value, unit_of(vehicle),
                      std::string{core::name_of(store::reading_source_names, reading.source)}});
  }
  return result;
}

}  // namespace

VehicleRecords::VehicleRecords(store::Database& database, store::CompanyId company, std::string_view country)
    : database_(database), company_(company), plans_(store::MaintenancePlans{database}.list(company)) {
  mileage_rules_.usual_yearly = usual_yearly_distance(country);
}

VehicleRecord VehicleRecords::read(store::Vehicle vehicle, core::Date today) const {
  VehicleRecord record;
  record.vehicle = std::move(vehicle);
  record.reminders = store::MaintenanceReminders{database_}.scheduled_of_vehicle(company_, record.vehicle.key);
  record.plans = store::plans_for(record.vehicle, plans_);
  // Most vehicles of a company without plans have nothing that could be planned.
  if (record.reminders.empty() && record.plans.empty()) return record;
  const store::Documents documents{database_};
  record.services = documents.services_of(company_, record.vehicle.key);
  const auto readings = store::Odometer{database_}.of_vehicle(company_, record.vehicle.key);
  record.first_seen = documents.first_of_vehicle(company_, record.vehicle.key);
  if (!readings.empty() && (!record.first_seen || readings.front().date < *record.first_seen)) {
    record.first_seen = readings.front().date;
  }
  record.mileage = estimate_mileage(readings_of(record.vehicle, readings), mileage_rules_, today);
  return record;
}

bool waits_for_a_day(const VehicleRecord& record, core::Date today) {
  const auto is_ahead = [&](core::Date date) { return date > today && days_between(today, date) <= 366; };
  return std::ranges::any_of(record.services, is_ahead, &store::ServiceDone::date) ||
         std::ranges::any_of(record.mileage.history.rejected, is_ahead,
                             [](const RejectedReading& rejected) { return rejected.reading.date; });
}

}  // namespace egarage::producers::maintenance
