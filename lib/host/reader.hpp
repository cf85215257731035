#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/database.hpp"
#include "host/rows.hpp"
#include "host/schema.hpp"

namespace egarage::host {

/// Reads a company at a time, each in a snapshot of its own: whatever the host's journal is, its writers wait for one
/// company's rows at most, and companies have nothing to do with each other.
class Reader {
 public:
  /// Throws core::Error{configuration} where the host lacks what is needed.
  explicit Reader(Database& database);

  std::vector<HostId> companies();
  /// Its documents are those with an id above `settled`. Empty when the company is gone by now.
  std::optional<CompanyRows> read(HostId company, HostId settled);

 private:
  std::optional<CompanyRow> company(HostId id);
  std::optional<SettingsRow> settings(HostId company);
  std::vector<CustomerRow> customers(HostId company);
  std::vector<VehicleRow> vehicles(HostId company);
  std::vector<DocumentRow> documents(HostId company, HostId settled);
  std::vector<ReminderRow> reminders(HostId company);

  Database& database_;
  Schema schema_;
  std::string company_sql_, settings_sql_, customers_sql_, vehicles_sql_, documents_sql_, reminders_sql_;
};

}  // namespace egarage::host
