#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace egarage::host {

using HostId = std::int64_t;

/// The host's rows as they are written there: texts are clean lines, empty where the host has nothing.
struct CompanyRow {
  HostId id = 0;
  std::string name, legal_name, country, address, phone, email, logo, time_zone, currency, plan;
  std::string starts, ends;  ///< fecha_inicio, fecha_fin
  std::optional<std::int64_t> trial_days;
  bool active = true;
  std::string admin_name, admin_username, admin_email;
};

/// taller_configuracionnotificacion.
struct SettingsRow {
  bool email = true, whatsapp = false, sms = false;
  bool documents = true, subscription = true, maintenance = true;
  std::string hours_start, hours_end;
  bool weekends = false;
};

struct CustomerRow {
  HostId id = 0;
  std::string name, surname, phone, email;
};

struct VehicleRow {
  HostId id = 0;
  std::optional<HostId> customer;
  std::string plate, make, model;
  std::optional<std::int64_t> year;
};

struct DocumentRow {
  HostId id = 0;
  std::optional<HostId> customer, vehicle;
  std::string type, number, date;
  std::optional<std::int64_t> odometer;
  bool with_tax = false;
  std::optional<std::int64_t> hundredths;  ///< sum of the lines, in hundredths of the currency; absent without lines
};

struct ReminderRow {
  HostId id = 0;
  std::optional<HostId> vehicle;
  std::string type, description, due, state, notified_at;
  std::optional<std::int64_t> due_odometer, days_before;
  bool notified = false;
};

/// All of one company that is read, as it was at one moment.
struct CompanyRows {
  CompanyRow company;
  std::optional<SettingsRow> settings;
  std::vector<CustomerRow> customers;
  std::vector<VehicleRow> vehicles;
  std::vector<DocumentRow> documents;
  std::vector<ReminderRow> reminders;
};

}  // namespace egarage::host
