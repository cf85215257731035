#pragma once

#include "store/appointments.hpp"
#include "store/customers.hpp"
#include "store/documents.hpp"
#include "store/maintenance_plans.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/odometer.hpp"
#include "store/silences.hpp"
#include "store/vehicles.hpp"
#include "store_fixture.hpp"

namespace egarage::store {

inline core::Date day(const char* text) { return core::parse_date(text).value(); }

/// A store with two companies; `sur` has a customer `ana` with a car `yaris`, and `luis` with a `hilux`.
class DirectoryFixture : public StoreFixture {
 public:
  DirectoryFixture()
      : customers(database),
        vehicles(database),
        odometer(database),
        documents(database),
        plans(database),
        reminders(database),
        appointments(database),
        silences(database) {
    put(customer("ana"));
    put(customer("luis"));
    put(vehicle("yaris", "ana"));
    put(vehicle("hilux", "luis"));
  }

  static Customer customer(const std::string& key) {
    Customer result;
    result.key = key;
    result.name = "Cliente " + key;
    return result;
  }
  static Vehicle vehicle(const std::string& key, const std::string& owner) {
    Vehicle result;
    result.key = key;
    result.customer = owner;
    return result;
  }
  static Document document(const std::string& key, const char* date) {
    Document result;
    result.key = key;
    result.customer = "ana";
    result.type = "Factura";
    result.date = day(date);
    return result;
  }
  static Document service(const std::string& key, const char* date, const std::string& of_vehicle = "yaris") {
    auto result = document(key, date);
    result.vehicle = of_vehicle;
    return result;
  }
  static MaintenanceReminder reminder(const std::string& key, const std::string& of_vehicle, const char* due) {
    MaintenanceReminder result;
    result.key = key;
    result.vehicle = of_vehicle;
    result.type = core::MaintenanceType::aceite;
    result.due = day(due);
    return result;
  }

  /// Every six months, for all vehicles or those of a make and model.
  static MaintenancePlan plan(core::MaintenanceType type, const std::string& make = "", const std::string& model = "") {
    MaintenancePlan result;
    result.type = type;
    result.make = make;
    result.model = model;
    result.months = 6;
    return result;
  }

  Upsert put(const Customer& row) { return customers.upsert(sur, row, noon); }
  Upsert put(const Vehicle& row) { return vehicles.upsert(sur, row, "CL", noon); }
  Upsert put(const Document& row) { return documents.upsert(sur, row, noon); }
  Upsert put(const MaintenancePlan& row) { return plans.upsert(sur, row, noon); }
  Upsert put(const MaintenanceReminder& row) { return reminders.upsert(sur, row, noon); }
  Upsert put(const Appointment& row) { return appointments.upsert(sur, row, noon); }
  Upsert put(const Silence& row) { return silences.upsert(sur, row, noon); }

  /// Keys of the vehicles that were to be planned anew, such as `hilux yaris`; now they are planned.
  std::string take_to_replan() {
    std::string keys;
    for (const auto& vehicle : vehicles.to_replan(sur, "", 100)) {
      keys += (keys.empty() ? "" : " ") + vehicle.key;
      vehicles.note_planned(sur, vehicle.key);
    }
    return keys;
  }

  Customers customers;
  Vehicles vehicles;
  Odometer odometer;
  Documents documents;
  MaintenancePlans plans;
  MaintenanceReminders reminders;
  Appointments appointments;
  Silences silences;
};

/// The keys of rows, with blanks between them.
template <typename Rows>
std::string keys_of(const Rows& rows) {
  std::string keys;
  for (const auto& row : rows) keys += (keys.empty() ? "" : " ") + row.key;
  return keys;
}

/// Whether `work` is refused because it would break a foreign key.
template <typename Work>
bool is_refused(const Work& work) {
  return error_of(work).code() == core::ExitCode::internal;
}

}  // namespace egarage::store
