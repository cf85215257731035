#include "producers/maintenance_world.hpp"

using namespace egarage;
using core::MaintenanceType;
using store::ReminderState;
using test::calendar_day;
using test::instant;
using test::MaintenanceWorld;

TEST_CASE("fault 5 of the old system: the odometer of a reminder is read") {
  MaintenanceWorld world;
  world.put_reading("2025-05-01", 80'000);
  world.put_reading("2025-11-01", 85'520);
  world.put_reading("2026-05-01", 90'950);  // 30 km a day
  world.put_reminder("rec-7", "", 96'350);  // 180 days later: 2026-10-28
  CHECK(world.run("2026-09-23").empty());   // 1,000 km before are 34 days
  CHECK(world.run_daily("2026-09-24", "2026-10-05") == "2026-09-25 rec-7/96350/due");
  CHECK(world.text("rec-7/96350/due").find("96.350 km") != std::string::npos);
  CHECK(world.text("rec-7/96350/due").find("Fecha") == std::string::npos);
}

TEST_CASE("a covering document closes what is open and plans the next") {
  MaintenanceWorld world;
  world.put_plan(12);
  world.put_service("doc-1", "2025-12-01");
  CHECK(world.run("2026-10-31").empty());
  CHECK(world.run("2026-11-01") == "plan/v-1/ACEITE/2025-12-01/2026-12-01/due");
  world.put_service("doc-2", "2026-11-20");
  CHECK(world.run("2026-11-20").empty());
  CHECK(world.state("plan/v-1/ACEITE/2025-12-01") == ReminderState::done);
  CHECK(world.reminder("plan/v-1/ACEITE/2025-12-01").reminder.closed_by == "doc-2");
  CHECK(world.reminder("plan/v-1/ACEITE/2026-11-20").reminder.due == calendar_day("2027-11-20"));
  CHECK(world.run_daily("2026-11-21", "2027-11-01") == "2027-10-21 plan/v-1/ACEITE/2026-11-20/2027-11-20/due");
}

TEST_CASE("a document closes an imported reminder when it is newer, or came when it could be announced") {
  struct Row {
    const char *day, *type, *closed;
  };
  const Row rows[] = {{"2026-03-01", "ACEITE", "planned"},  // what the reminder counts from
                      {"2026-11-05", "ACEITE", "done"},     // came with the import, within the thirty days
                      {"2026-11-05", "FRENOS", "notified"}};
  for (const auto& [day, type, closed] : rows) {
    INFO(day << ' ' << type);
    MaintenanceWorld world;
    world.put_reminder("rec-7", "2026-12-01");
    world.put_service("doc-1", day, {}, {*core::value_of(core::maintenance_type_names, type)});
    world.run(std::string_view{day} == "2026-03-01" ? "2026-06-01" : "2026-11-10");
    CHECK(core::name_of(store::reminder_state_names, world.state("rec-7")) == closed);
  }
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2027-06-01");
  world.run("2026-06-01");
  world.put_service("doc-2", "2026-08-01");  // far too early, but newer than the reminder
  CHECK(world.run_daily("2026-08-01", "2027-07-01").empty());
  CHECK(world.state("rec-7") == ReminderState::done);
}

TEST_CASE("an imported reminder takes the place of its type's plan, and gives it back") {
  MaintenanceWorld world;
  world.put_plan(6);
  world.put_service("doc-1", "2026-06-10");
  world.run("2026-07-01");
  CHECK(world.state("plan/v-1/ACEITE/2026-06-10") == ReminderState::planned);
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run_daily("2026-07-02", "2026-12-12") == "2026-11-01 rec-7/2026-12-01/due");
  CHECK(world.state("plan/v-1/ACEITE/2026-06-10") == ReminderState::cancelled);
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.state = ReminderState::cancelled; });
  world.put_reading("2026-12-12", 50'000);
  world.run("2026-12-12");
  CHECK(world.state("plan/v-1/ACEITE/2026-06-10") == ReminderState::notified);
}

TEST_CASE("a vehicle that was sold is not written about, and what is open of it is cancelled") {
  MaintenanceWorld world;
  world.put_plan(6);
  world.put_service("doc-1", "2026-06-10");
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.type = MaintenanceType::frenos; });
  world.run("2026-07-01");
  world.sell("v-1");
  CHECK(world.run_daily("2026-07-02", "2027-01-31").empty());
  CHECK(world.state("rec-7") == ReminderState::cancelled);
  CHECK(world.state("plan/v-1/ACEITE/2026-06-10") == ReminderState::cancelled);
}

TEST_CASE("an odometer typing error moves nothing, and is reported") {
  MaintenanceWorld world;
  world.put_reading("2025-05-01", 80'000);
  world.put_reading("2025-11-01", 85'520);
  world.put_reading("2026-02-01", 882'800);
  world.put_reading("2026-05-01", 90'950);
  world.put_reminder("rec-7", "", 96'350);
  const auto report = world.run(instant("2026-09-20T15:00:00Z"));
  CHECK(report.notices.created.empty());
  REQUIRE(report.rejected.size() == 1);
  CHECK(report.rejected[0].vehicle == "v-1");
  CHECK(report.rejected[0].sentence == "882,800 km of 2026-02-01 looks like an extra digit");
  CHECK(world.run("2026-09-25") == "rec-7/96350/due");
}

TEST_CASE("a new reading moves the day of a mileage, also after it was announced, and nobody is told twice of it") {
  MaintenanceWorld world;
  world.put_reading("2025-05-01", 80'000);
  world.put_reading("2025-11-01", 85'520);
  world.put_reading("2026-05-01", 90'950);
  world.put_reminder("rec-7", "", 96'350);
  CHECK(world.run("2026-09-25") == "rec-7/96350/due");
  world.put_reading("2026-10-01", 91'500);  // the car was hardly driven
  CHECK(world.run("2026-10-01").empty());
  CHECK(world.state("rec-7") == ReminderState::planned);
  CHECK(world.run_daily("2026-10-02", "2027-03-01").find("/due") == std::string::npos);
}

TEST_CASE("miles are read, thought and written in miles") {
  MaintenanceWorld world{[](core::Company& company) {
    company.country = "US";
    company.time_zone = "America/New_York";
    company.currency = "USD";
    company.language = core::Language::en;
  }};
  world.put_vehicle("v-1", "ana", [](auto& vehicle) { vehicle.unit = core::DistanceUnit::mi; });
  world.put_plan({}, 5'000, [](auto& plan) { plan.distance->unit = core::DistanceUnit::mi; });
  world.put_reading("2025-10-01", 45'000);
  world.put_service("doc-1", "2026-04-01", 50'000);
  world.put_reading("2026-07-01", 52'500);
  world.run("2026-07-01");
  CHECK(world.reminder("plan/v-1/ACEITE/2026-04-01").reminder.due_odometer == 55'000);
  CHECK_FALSE(world.run_daily("2026-07-02", "2026-10-01").empty());
  CHECK(world.text("plan/v-1/ACEITE/2026-04-01/55000/due").find("55,000 miles") != std::string::npos);
}

TEST_CASE("the more particular threshold counts") {
  struct Row {
    std::optional<int> plans, reminders;
    const char* announced;
  };
  const Row rows[] = {{{}, {}, "2026-11-01"}, {10, {}, "2026-11-21"}, {10, 3, "2026-11-28"}, {{}, 60, "2026-10-02"}};
  for (const auto& [plans, reminders, announced] : rows) {
    INFO(announced);
    MaintenanceWorld world;
    world.put_plan(12, {}, [&](auto& plan) { plan.days_before = plans; });
    world.put_reminder("rec-7", "2026-12-01", {}, [&](auto& reminder) { reminder.days_before = reminders; });
    CHECK(world.run_daily("2026-09-15", "2026-12-05") == std::string{announced} + " rec-7/2026-12-01/due");
  }
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run("2026-10-15").empty());
  world.rules.thresholds.before = std::chrono::days{60};  // other rules: everything is planned anew
  CHECK(world.run("2026-10-15") == "rec-7/2026-12-01/due");
}

TEST_CASE("a reminder that the host moves is written about again, for its new day") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run("2026-11-10") == "rec-7/2026-12-01/due");
  auto reminder = world.reminder("rec-7").reminder;
  reminder.due = calendar_day("2027-03-01");
  store::MaintenanceReminders{world.database}.upsert(world.company, reminder, world.start);
  CHECK(world.run_daily("2026-11-11", "2027-02-10") == "2027-01-30 rec-7/2027-03-01/due");
}
