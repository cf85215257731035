#include "producers/maintenance_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::MaintenanceType;
using store::ReminderState;
using test::calendar_day;
using test::instant;
using test::MaintenanceWorld;

TEST_CASE("an imported reminder is written about thirty days before its day, once, and once more when it is overdue") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run_daily("2026-10-01", "2027-02-01") ==
        "2026-11-01 rec-7/2026-12-01/due 2026-12-15 rec-7/2026-12-01/overdue");
  CHECK(world.state("rec-7") == ReminderState::overdue);
  const auto first = world.message("rec-7/2026-12-01/due");
  CHECK(first.recipient == "ana@example.cl");
  CHECK(first.subject == "Su Toyota Corolla: cambio de aceite el 1 de diciembre");
  CHECK(first.due_at == instant("2026-11-01T15:00:00Z"));
}

TEST_CASE("fault 2 of the old system: days ahead are counted back from the day") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.days_before = 7; });
  CHECK(world.run("2026-11-23").empty());
  CHECK(world.run("2026-11-24") == "rec-7/2026-12-01/due");
}

TEST_CASE("fault 5 of the old system: the odometer of a reminder is read") {
  MaintenanceWorld world;
  world.put_reading("2025-05-01", 80'000);
  world.put_reading("2025-11-01", 85'520);
  world.put_reading("2026-05-01", 90'950);  // 30 km a day
  world.put_reminder("rec-7", "", 96'350);  // 180 days later: 2026-10-28
  CHECK(world.run("2026-09-23").empty());   // 1,000 km before are 34 days
  CHECK(world.run_daily("2026-09-24", "2026-10-05") == "2026-09-25 rec-7/96350/due");
  CHECK(world.text("rec-7/96350/due").find("96.350 km") != std::string::npos);
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
