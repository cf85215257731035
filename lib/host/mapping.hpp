#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/company.hpp"
#include "core/time_zone.hpp"
#include "host/rows.hpp"
#include "host/sync_report.hpp"
#include "store/customers.hpp"
#include "store/documents.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/vehicles.hpp"

namespace egarage::host {

// A row of the host's into what the store keeps. Pure. `known` is what the store has under that key; what the host
// knows nothing of (wishes, due and paid dates, what a document covers, a sale) stays as it is there. What cannot be
// kept of a row is left out and noted; a row that cannot be kept at all gives its reason.

/// The day in the company's own time zone; a date stays what it is. Absent for what is neither.
std::optional<core::Date> local_day(std::string_view written, const core::TimeZone& zone);

/// The host's name of the workshop as a slug: `Taller Ñuñoa & Hijos` is `taller-nunoa-hijos`. At most 48 characters;
/// may be empty.
std::string slug_of(std::string_view name);

struct Refusal {
  std::string reason;
};

/// `known` is the company in the store, or one with nothing but a slug.
std::variant<core::Company, Refusal> company_of(const CompanyRow& row, const std::optional<SettingsRow>& settings,
                                                core::Company known, Notes& notes);
store::Customer customer_of(const CustomerRow& row, const store::Customer* known, std::string_view country,
                            Notes& notes);
std::variant<store::Vehicle, Refusal> vehicle_of(const VehicleRow& row, const store::Vehicle* known,
                                                 const core::Company& company, Notes& notes);
std::variant<store::Document, Refusal> document_of(const DocumentRow& row, const store::Document* known,
                                                   const core::Company& company, const core::TimeZone& zone,
                                                   Notes& notes);
/// Our own steps are never taken back: what was notified, followed up or closed here stays so while the host's row says
/// the same day and mileage. What the host has done or cancelled is done or cancelled.
std::variant<store::MaintenanceReminder, Refusal> reminder_of(const ReminderRow& row,
                                                              const store::MaintenanceReminder* known,
                                                              const core::TimeZone& zone, core::Instant now,
                                                              Notes& notes);

}  // namespace egarage::host
