#include "store/reasons.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "store/customers.hpp"
#include "store/directory.hpp"
#include "store/documents.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/query.hpp"
#include "store/vehicles.hpp"

namespace egarage::store {
namespace {

using Words = std::optional<std::string>;

Words moved_visit(const std::optional<core::Date>& last, core::Date known) {
  if (last == known) return std::nullopt;
  if (!last) return "has no documents any more";
  return fmt::format("{} on {}", *last > known ? "came back" : "was last seen", core::format_date(*last));
}

Words opted_out(Database& database, CompanyId company, const Customer& customer) {
  const Directory directory(database);
  for (const auto channel : {core::Channel::email, core::Channel::whatsapp, core::Channel::sms}) {
    const auto& address = channel == core::Channel::email ? customer.email : customer.phone;
    if (!address) continue;
    if (const auto why = directory.suppression(company, channel, *address, core::EventClass::promotional)) {
      return fmt::format("opted out: {}", *why);
    }
  }
  return std::nullopt;
}

Words open_matter(Database& database, CompanyId company, const Absence& absence) {
  const core::Date soon{std::chrono::sys_days{absence.today} + reminder_is_soon};
  if (MaintenanceReminders(database).has_open(company, absence.customer, soon)) return "has a maintenance reminder";
  if (Documents(database).has_unpaid(company, absence.customer)) return "has an unpaid document";
  return std::nullopt;
}

Words sold_all(Database& database, CompanyId company, std::string_view customer) {
  const auto vehicles = Vehicles(database).of_customer(company, customer);
  if (vehicles.empty() || !std::ranges::all_of(vehicles, &Vehicle::sold)) return std::nullopt;
  return "has sold all vehicles";
}

}  // namespace

Words why_not_asked(Database& database, CompanyId company, std::string_view document, core::Date announced) {
  Query query(database, "SELECT due_on, paid_on FROM document WHERE company_id = ?1 AND key = ?2", company, document);
  if (!query.next()) return "the document is gone";
  if (const auto paid = query.optional_date(1)) return fmt::format("paid on {}", core::format_date(*paid));
  const auto due = query.optional_date(0);
  if (!due) return "has no due date any more";
  if (*due != announced) return fmt::format("now due on {}", core::format_date(*due));
  return std::nullopt;
}

Words why_not_invited(Database& database, CompanyId company, const Absence& absence) {
  const Customers customers(database);
  const auto customer = customers.find(company, absence.customer);
  if (!customer) return "the customer is gone";
  if (auto moved = moved_visit(customers.last_document(company, absence.customer), absence.last_visit)) return moved;
  if (customer->promotional && customer->promotional->empty()) return "wants no promotional messages";
  // What is most often so comes first: most of those who stay away are reminded of a service anyway.
  if (auto open = open_matter(database, company, absence)) return open;
  if (auto out = opted_out(database, company, *customer)) return out;
  return sold_all(database, company, absence.customer);
}

}  // namespace egarage::store
