#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "producers/maintenance.hpp"
#include "store/appointments.hpp"
#include "store/customers.hpp"
#include "store/directory.hpp"
#include "store/documents.hpp"
#include "store/history.hpp"
#include "store/maintenance_plans.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/odometer.hpp"
#include "store/silences.hpp"
#include "store/vehicles.hpp"
#include "support/catch.hpp"
#include "support/example_account.hpp"
#include "support/temporary_folder.hpp"

namespace egarage::test {

inline core::Instant instant(std::string_view text) {
  const auto parsed = core::parse_instant(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

inline core::Date calendar_day(std::string_view text) { return core::parse_date(text).value(); }

/// A workshop with a customer, Ana, and her Corolla `v-1`, in a store of its own.
struct MaintenanceWorld {
  TemporaryFolder folder;
  core::Instant start = instant("2026-01-01T12:00:00Z");
  store::Database database = store::Database::create_or_upgrade(folder.path() / "store.db", start);
  store::Directory directory{database};
  store::History history{database};
  store::CompanyId company{};
  producers::maintenance::ReminderRules rules;
  std::vector<std::string> keys;  ///< of all messages, as they were made

  explicit MaintenanceWorld(const std::function<void(core::Company&)>& change = [](core::Company&) {}) {
    core::Company made;
    made.slug = "taller-sur";
    made.name = "Taller Sur";
    made.country = "CL";
    made.time_zone = "America/Santiago";
    made.currency = "CLP";
    made.hours = {std::chrono::hours{0}, std::chrono::hours{24}, true};
    made.accounts.email = example_account("hola@taller-sur.example.cl");
    change(made);
    directory.upsert_company(made, start);
    company = directory.find_company("taller-sur")->id;
    put_customer("ana", "Ana");
    put_vehicle("v-1", "ana");
  }

  void put_customer(
      const std::string& key, const std::string& name,
      const std::function<void(store::Customer&)>& change = [](store::Customer&) {}) {
    store::Customer customer;
    customer.key = key;
    customer.name = name;
    customer.email = key + "@example.cl";
    change(customer);
    store::Customers{database}.upsert(company, customer, start);
  }
  void put_vehicle(
      const std::string& key, const std::string& owner,
      const std::function<void(store::Vehicle&)>& change = [](store::Vehicle&) {}) {
    store::Vehicle vehicle;
    vehicle.key = key;
    vehicle.customer = owner;
    vehicle.plate = "BB-CL-45";
    vehicle.make = "Toyota";
    vehicle.model = "Corolla";
    change(vehicle);
    store::Vehicles{database}.upsert(company, vehicle, "CL", start);
  }
  void sell(const std::string& key) {
    auto vehicle = *store::Vehicles{database}.find(company, key);
    vehicle.sold = true;
    store::Vehicles{database}.upsert(company, vehicle, "CL", start);
  }
  void put_reminder(
      const std::string& key, const std::string& due, std::optional<std::int64_t> odometer = {},
      const std::function<void(store::MaintenanceReminder&)>& change = [](auto&) {}) {
    store::MaintenanceReminder reminder;
    reminder.key = key;
    reminder.vehicle = "v-1";
    reminder.type = core::MaintenanceType::aceite;
    reminder.due = core::parse_date(due);
    reminder.due_odometer = odometer;
    change(reminder);
    store::MaintenanceReminders{database}.upsert(company, reminder, start);
  }
  void put_reading(const std::string& day, std::int64_t value, const std::string& vehicle = "v-1") {
    store::Odometer{database}.upsert(company, vehicle, {calendar_day(day), value}, start);
  }
  void put_service(const std::string& key, const std::string& day, std::optional<std::int64_t> odometer = {},
                   std::vector<core::MaintenanceType> covers = {core::MaintenanceType::aceite},
                   const std::string& vehicle = "v-1") {
    store::Document document;
    document.key = key;
    document.customer = store::Vehicles{database}.find(company, vehicle)->customer;
    document.vehicle = vehicle;
    document.type = "Factura";
    document.date = calendar_day(day);
    document.odometer = odometer;
    document.covers = std::move(covers);
    store::Documents{database}.upsert(company, document, start);
  }
  void put_plan(
      std::optional<int> months, std::optional<std::int64_t> km = {},
      const std::function<void(store::MaintenancePlan&)>& change = [](auto&) {}) {
    store::MaintenancePlan plan;
    plan.type = core::MaintenanceType::aceite;
    plan.months = months;
    if (km) plan.distance = store::PlanDistance{*km, core::DistanceUnit::km};
    change(plan);
    store::MaintenancePlans{database}.upsert(company, plan, start);
  }

  producers::MaintenanceReport run(core::Instant now, core::DryRun dry_run = core::DryRun::no) {
    auto report = producers::remind_of_maintenance(database, rules, {.now = now, .dry_run = dry_run});
    if (dry_run == core::DryRun::no) {
      for (const auto& one : report.notices.created) keys.push_back(one.dedup_key);
    }
    return report;
  }
  /// The keys made at noon of that day, without what all of them have.
  std::string run(const std::string& day) { return made(run(instant(day + "T15:00:00Z"))); }
  /// The same for each day from `first` to `last`: `2026-11-01 rec/…/due 2026-11-15 …`.
  std::string run_daily(const std::string& first, const std::string& last) {
    std::string all;
    for (auto day = std::chrono::sys_days{calendar_day(first)}; day <= std::chrono::sys_days{calendar_day(last)};
         day += std::chrono::days{1}) {
      const auto text = core::format_date(day);
      if (const auto keys_made = run(text); !keys_made.empty())
        all += (all.empty() ? "" : " ") + text + ' ' + keys_made;
    }
    return all;
  }

  static std::string made(const producers::MaintenanceReport& report) {
    std::string result;
    for (const auto& one : report.notices.created) {
      auto key = one.dedup_key.substr(std::string_view{"MANTENIMIENTO_RECORDATORIO/"}.size());
      key.resize(key.rfind('/'));
      result += (result.empty() ? "" : " ") + key;
    }
    return result;
  }

  store::ScheduledReminder reminder(const std::string& key, const std::string& vehicle = "v-1") {
    for (auto& one : store::MaintenanceReminders{database}.scheduled_of_vehicle(company, vehicle)) {
      if (one.reminder.key == key) return one;
    }
    FAIL("there is no reminder " << key);
    return {};
  }
  store::ReminderState state(const std::string& key, const std::string& vehicle = "v-1") {
    return reminder(key, vehicle).reminder.state;
  }
  /// Its words, without Markdown's backslashes.
  std::string text(const std::string& key) {
    auto words = message(key).body;
    std::erase(words, '\\');
    return words;
  }
  store::NotificationRecord message(const std::string& key) {
    const auto record = history.notification(company, "MANTENIMIENTO_RECORDATORIO/" + key + "/email");
    INFO(key);
    REQUIRE(record.has_value());
    return *record;
  }
};

}  // namespace egarage::test
