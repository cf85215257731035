#include "store/companies_with_work.hpp"
#include "store/customers.hpp"
#include "store/inspections.hpp"
#include "store/maintenance_planning.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/vehicles.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

namespace {

core::Date on(std::string_view text) { return core::parse_date(text).value(); }

struct World : StoreFixture {
  MaintenanceReminders reminders{database};
  Vehicles vehicles{database};

  World() {
    Customer customer;
    customer.key = customer.name = "ana";
    Customers{database}.upsert(sur, customer, noon);
    Vehicle vehicle;
    vehicle.key = "v-1";
    vehicle.customer = "ana";
    vehicle.plate = "BBCL45";
    vehicles.upsert(sur, vehicle, "CL", noon);
  }

  MaintenanceReminder put(const std::string& key, std::optional<core::Date> next_step = {}) {
    MaintenanceReminder reminder;
    reminder.key = key;
    reminder.vehicle = "v-1";
    reminder.due = on("2026-12-01");
    reminders.upsert(sur, reminder, noon);
    reminders.set_schedule(sur, key, {{}, {}, on("2026-12-01"), next_step});
    return reminder;
  }
  /// Keys in order, two at a time.
  std::string with_step(std::string_view today) {
    std::string keys;
    std::optional<DatedKey> after;
    for (;;) {
      const auto some = reminders.with_step(sur, on(today), after, 2);
      for (const auto& one : some) keys += (keys.empty() ? "" : " ") + one.reminder.key;
      if (some.size() < 2) return keys;
      after = {*some.back().schedule.next_step, some.back().reminder.key};
    }
  }
  ScheduledReminder stored(const std::string& key) {
    for (auto& one : reminders.scheduled_of_vehicle(sur, "v-1")) {
      if (one.reminder.key == key) return one;
    }
    return {};
  }
  bool waits_for_planning() { return !vehicles.to_replan(sur, {}, 1).empty(); }
};

}  // namespace

TEST_CASE("reminders whose next step's day has come are found by that day, in portions") {
  World world;
  world.put("a", on("2026-11-03"));
  world.put("b", on("2026-11-01"));
  world.put("c", on("2026-11-02"));
  world.put("d", on("2026-11-02"));
  world.put("e");
  CHECK(world.with_step("2026-11-02") == "b c d");
  world.reminders.postpone(world.sur, "c", on("2026-11-03"));
  world.reminders.postpone(world.sur, "d", std::nullopt);
  CHECK(world.with_step("2026-11-02") == "b");
  CHECK(world.with_step("2026-11-03") == "b a c");
}

TEST_CASE("a step that was taken is kept with its first instant; who closes a reminder ends its steps") {
  World world;
  world.put("a", on("2026-11-01"));
  world.reminders.note_step(world.sur, "a", {ReminderState::notified, "2026-12-01/due", on("2026-12-15")}, noon);
  CHECK(world.stored("a").reminder.notified == noon);
  CHECK(world.stored("a").told == "2026-12-01/due");
  world.reminders.note_step(world.sur, "a", {ReminderState::overdue, "2026-12-01/overdue", {}},
                            noon + std::chrono::hours{900});
  CHECK(world.stored("a").reminder.notified == noon);
  CHECK(world.stored("a").reminder.state == ReminderState::overdue);

  auto reminder = world.put("b", on("2026-11-01"));
  reminder.state = ReminderState::cancelled;
  world.reminders.upsert(world.sur, reminder, noon);
  CHECK_FALSE(world.stored("b").schedule.next_step);
  CHECK(world.with_step("2026-12-31").empty());
}

TEST_CASE("what an import changes is planned anew, what the program itself notes is not") {
  World world;
  auto reminder = world.put("a", on("2026-11-01"));
  world.vehicles.note_planned(world.sur, "v-1");
  world.reminders.note_step(world.sur, "a", {ReminderState::notified, "2026-12-01/due", on("2026-12-15")}, noon);
  world.reminders.postpone(world.sur, "a", on("2026-12-16"));
  CHECK_FALSE(world.waits_for_planning());
  reminder.days_before = 7;
  world.reminders.upsert(world.sur, reminder, noon);  // planned again, too
  CHECK(world.waits_for_planning());
}

TEST_CASE("other rules make all vehicles of a company be planned anew") {
  World world;
  world.vehicles.note_planned(world.sur, "v-1");
  CHECK(planning_rules(world.database).empty());
  CHECK(with_vehicles_to_plan(world.database).empty());
  plan_all_under(world.database, world.sur, "1 CL");
  CHECK(planning_rules(world.database) == std::map<CompanyId, std::string>{{world.sur, "1 CL"}});
  CHECK(world.waits_for_planning());
  CHECK(with_vehicles_to_plan(world.database) == std::set{world.sur});
  CHECK(world.vehicles.to_replan_with_digit(world.sur, 5, {}, 10).size() == 1);
  CHECK(world.vehicles.to_replan_with_digit(world.sur, 6, {}, 10).empty());
}

TEST_CASE("what a reminder is due for is its day, its mileage, or both") {
  MaintenanceReminder reminder;
  reminder.due = on("2026-12-01");
  CHECK(due_text(reminder) == "2026-12-01");
  reminder.due_odometer = 90'000;
  CHECK(due_text(reminder) == "2026-12-01+90000");
  reminder.due.reset();
  CHECK(due_text(reminder) == "90000");
}

TEST_CASE("a month's round is remembered with its day") {
  World world;
  const auto month = std::chrono::year{2027} / 4;
  CHECK(inspection_rounds(world.database, month).empty());
  note_inspection_round(world.database, world.sur, month, {on("2027-03-02"), 3});
  note_inspection_round(world.database, world.sur, month, {on("2027-03-03"), 0});
  const auto rounds = inspection_rounds(world.database, month);
  REQUIRE(rounds.size() == 1);
  CHECK(rounds.at(world.sur).looked_on == on("2027-03-03"));
  CHECK(rounds.at(world.sur).left_over == 0);
  CHECK(inspection_rounds(world.database, month + std::chrono::months{1}).empty());
}
