#include "store/reasons.hpp"

#include <algorithm>
#include <random>

#include "store/documents.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/untold.hpp"
#include "store/vehicles.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

namespace {

using std::chrono::days;
using std::chrono::sys_days;

const core::Date today = core::parse_date("2026-11-21").value();
core::Date ago(int count) { return core::Date{sys_days{today} - days{count}}; }

/// Customers of whom everything is so by chance that may speak against inviting them.
struct World : StoreFixture {
  std::mt19937 chance;
  Directory directory{database};
  Customers customers{database};
  Vehicles vehicles{database};
  Documents documents{database};
  MaintenanceReminders reminders{database};

  explicit World(unsigned seed) : chance(seed) {}

  int pick(int below) { return static_cast<int>(chance() % static_cast<unsigned>(below)); }
  bool one_in(int count) { return pick(count) == 0; }

  void come(CompanyId company, const std::string& key) {
    Customer customer;
    customer.key = key;
    if (!one_in(4)) customer.email = "Ana." + key + "@Example.cl";
    if (!one_in(3)) customer.phone = "+5691234567" + std::to_string(pick(10));
    if (one_in(3)) customer.promotional = one_in(2) ? std::vector<core::Channel>{} : std::vector{core::Channel::sms};
    customers.upsert(company, customer, noon);
    for (int i = pick(3); i > 0; --i) buy(company, key, key + "-v" + std::to_string(i));
    for (int i = 1 + pick(2); i > 0; --i) owe(company, key, key + "-d" + std::to_string(i));
    if (one_in(4)) forbid(company, customer);
  }

  void buy(CompanyId company, const std::string& customer, const std::string& key) {
    Vehicle vehicle;
    vehicle.key = key;
    vehicle.customer = customer;
    vehicle.sold = one_in(2);
    vehicles.upsert(company, vehicle, "CL", noon);
    if (one_in(2)) remind(company, key);
  }

  void remind(CompanyId company, const std::string& vehicle) {
    MaintenanceReminder reminder;
    reminder.key = "r-" + vehicle;
    reminder.vehicle = vehicle;
    reminder.state = reminder_state_names[static_cast<std::size_t>(pick(5))].first;
    if (reminder.state == ReminderState::notified) reminder.notified = noon;
    if (!one_in(3)) reminder.due = ago(pick(5) * 20 - 60);
    if (!reminder.due || one_in(2)) reminder.due_odometer = 90'000;
    if (one_in(6)) reminder.due = ago(-30 - pick(2));
    reminders.upsert(company, reminder, noon);
    if (reminder.due_odometer && one_in(2)) reminders.set_forecast(company, reminder.key, ago(pick(5) * 20 - 60));
  }

  void owe(CompanyId company, const std::string& customer, const std::string& key) {
    Document document;
    document.key = key;
    document.customer = customer;
    document.type = "Factura";
    document.date = ago(360 + pick(3));
    if (one_in(2)) document.due = ago(330);
    if (!one_in(4)) document.paid = ago(340);
    documents.upsert(company, document, noon);
  }

  void forbid(CompanyId company, const Customer& customer) {
    const auto channel = std::array{core::Channel::email, core::Channel::whatsapp, core::Channel::sms}[pick(3)];
    auto address = (channel == core::Channel::email ? customer.email : customer.phone).value_or("nobody@example.cl");
    if (one_in(2)) std::ranges::transform(address, address.begin(), [](unsigned char c) { return std::tolower(c); });
    directory.suppress(company, channel, address, one_in(2) ? SuppressionScope::all : SuppressionScope::promotional,
                       "answered STOP by " + std::string(core::to_string(channel)), noon);
  }

  bool is_open(const MaintenanceReminder& reminder) {
    if (reminder.state == ReminderState::done || reminder.state == ReminderState::cancelled) return false;
    auto expected = reminders.forecast(sur, reminder.key);
    if (reminder.due) expected = std::min(*reminder.due, expected.value_or(*reminder.due));
    return expected && *expected <= ago(-30);
  }

  /// The contract of why_not_invited(), without a line of the SQL that answers it.
  std::optional<std::string> why_not(const std::string& key) {
    const auto customer = customers.find(sur, key).value();
    if (customer.promotional && customer.promotional->empty()) return "wants no promotional messages";
    const auto own = vehicles.of_customer(sur, key);
    for (const auto& vehicle : own) {
      if (vehicle.sold) continue;
      for (const auto& reminder : reminders.of_vehicle(sur, vehicle.key)) {
        if (is_open(reminder)) return "has a maintenance reminder";
      }
    }
    for (const auto& document : documents.of_customer(sur, key)) {
      if (document.due && !document.paid) return "has an unpaid document";
    }
    for (const auto channel : {core::Channel::email, core::Channel::whatsapp, core::Channel::sms}) {
      const auto& address = channel == core::Channel::email ? customer.email : customer.phone;
      if (!address) continue;
      if (auto why = directory.suppression(sur, channel, *address, core::EventClass::promotional)) {
        return "opted out: " + *why;
      }
    }
    if (!own.empty() && std::ranges::all_of(own, &Vehicle::sold)) return "has sold all vehicles";
    return std::nullopt;
  }
};

}  // namespace

TEST_CASE("why somebody is not invited is the same asked of one and of all, and what the directory says") {
  std::map<std::string, int> reasons;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    World world{seed};
    for (int i = 0; i < 60; ++i) {
      const auto key = "c" + std::to_string(i) + (i % 7 == 0 ? "/%" : "");
      world.come(world.sur, key);
      world.come(world.norte, key);  // what another company knows of them counts for nothing
    }
    const auto absent =
        untold_inactive(world.database, world.sur, {ago(362), ago(360), "M+12"}, today, std::nullopt, 1000);
    CHECK(absent.size() == 60);
    for (const auto& one : absent) {
      INFO(one.key);
      const auto alone = why_not_invited(world.database, world.sur, {one.key, one.date, today});
      CHECK(one.why_not == alone);
      CHECK(alone == world.why_not(one.key));
      ++reasons[alone.value_or("")];
    }
  }
  CHECK(reasons.size() == 8);  // one for each channel on which somebody opted out
}

TEST_CASE("a moved visit is the first reason") {
  World world{1};
  world.come(world.sur, "ana");
  const auto last =
      core::parse_date(scalar(world.file, "SELECT last_document_on FROM customer WHERE key = 'ana'")).value();
  const auto why = [&](std::string_view customer, core::Date visit) {
    return why_not_invited(world.database, world.sur, {customer, visit, today}).value_or("");
  };
  CHECK(why("ana", core::Date{sys_days{last} - days{1}}) == "came back on " + core::format_date(last));
  CHECK(why("ana", core::Date{sys_days{last} + days{1}}) == "was last seen on " + core::format_date(last));
  CHECK(why("nobody", last) == "the customer is gone");
  Customer without;
  without.key = "bea";
  world.customers.upsert(world.sur, without, noon);
  CHECK(why("bea", last) == "has no documents any more");
}
