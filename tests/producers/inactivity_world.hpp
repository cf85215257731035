#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "directory_world.hpp"
#include "producers/inactivity.hpp"
#include "store/maintenance_reminders.hpp"

namespace egarage::test {

/// Customers who come once in a while.
struct InactivityWorld : DirectoryWorld {
  producers::InactivityRules rules{};

  /// A customer who came once, with a vehicle.
  void visit(const std::string& customer, std::string_view day, const Change<store::Customer>& change = {}) {
    put_customer(customer, change);
    put_vehicle("v-" + customer, customer);
    put_document(fmt::format("d-{}-{}", customer, day), customer, day,
                 [&](auto& one) { one.vehicle = "v-" + customer; });
  }
  void remind(const std::string& vehicle, std::string_view due, store::ReminderState state) {
    store::MaintenanceReminder one;
    one.key = "r-" + vehicle;
    one.vehicle = vehicle;
    one.due = the_day(due);
    one.state = state;
    if (state == store::ReminderState::notified) one.notified = start;
    store::MaintenanceReminders{database}.upsert(company, one, start);
  }
  producers::ProducerReport check(core::Instant now, core::DryRun dry_run = core::DryRun::no) {
    return producers::check_inactive(database, rules, {.now = now, .dry_run = dry_run});
  }
  producers::ProducerReport check(std::string_view now, core::DryRun dry_run = core::DryRun::no) {
    return check(instant(now), dry_run);
  }
};

inline std::vector<std::string> reasons(const producers::ProducerReport& report) {
  std::vector<std::string> result;
  for (const auto& one : report.skipped) result.push_back(one.reason);
  return result;
}

inline constexpr std::string_view at_a_year = "2026-11-20T15:00:00Z";  ///< 2025-11-20 is a year ago
inline constexpr std::string_view key_at_a_year = "CLIENTE_INACTIVO/ana/2025-11-20/M+12/email";

}  // namespace egarage::test
