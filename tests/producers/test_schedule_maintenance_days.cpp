#include <filesystem>
#include <set>

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
  const auto second = world.message("rec-7/2026-12-01/overdue");
  CHECK(second.subject == "Su Toyota Corolla: cambio de aceite pendiente");
  CHECK(world.text("rec-7/2026-12-01/overdue").find("Fecha prevista: **martes 1 de diciembre de 2026**") !=
        std::string::npos);
}

TEST_CASE("fault 2 of the old system: days ahead are counted back from the day") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.days_before = 7; });
  CHECK(world.run("2026-11-23").empty());
  CHECK(world.run("2026-11-24") == "rec-7/2026-12-01/due");
  CHECK(world.message("rec-7/2026-12-01/due").due_at == instant("2026-11-24T15:00:00Z"));
}

TEST_CASE("fault 3 of the old system: ninety-six runs a day create each message once") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  world.put_plan(6, {}, [](auto& plan) { plan.type = MaintenanceType::frenos; });
  world.put_service("doc-1", "2026-05-20", {}, {MaintenanceType::frenos});
  for (auto now = instant("2026-10-31T00:00:00Z"); now < instant("2026-11-03T00:00:00Z"); now += 15min) world.run(now);
  CHECK(world.keys ==
        std::vector<std::string>{"MANTENIMIENTO_RECORDATORIO/plan/v-1/FRENOS/2026-05-20/2026-11-20/due/email",
                                 "MANTENIMIENTO_RECORDATORIO/rec-7/2026-12-01/due/email"});
}

TEST_CASE("missed days bring the latest message that makes sense, and only that") {
  struct Row {
    const char *found_out, *keys;
  };
  const Row rows[] = {{"2026-11-02", "rec-7/2026-12-01/due"},
                      {"2026-11-04", "rec-7/2026-12-01/due"},
                      {"2026-12-11", "rec-7/2026-12-01/due"},  // after 40 days: late, but not yet by two weeks
                      {"2026-12-20", "rec-7/2026-12-01/overdue"},
                      {"2026-12-31", "rec-7/2026-12-01/overdue"},
                      {"2027-01-01", ""}};
  for (const auto& [found_out, keys] : rows) {
    INFO(found_out);
    MaintenanceWorld world;
    world.put_reminder("rec-7", "2026-12-01");
    CHECK(world.run(found_out) == keys);
    CHECK(world.run(found_out).empty());
  }
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run("2026-12-11") == "rec-7/2026-12-01/due");
  CHECK(world.message("rec-7/2026-12-01/due").subject == "Su Toyota Corolla: cambio de aceite pendiente");
  CHECK(world.run_daily("2026-12-12", "2027-03-01") == "2026-12-25 rec-7/2026-12-01/overdue");  // two weeks after it
}

TEST_CASE("a clock that was set back brings nothing back") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run("2026-11-20") == "rec-7/2026-12-01/due");
  CHECK(world.run_daily("2026-10-20", "2026-12-14").empty());
  CHECK(world.run("2026-12-15") == "rec-7/2026-12-01/overdue");
  CHECK(world.run_daily("2026-10-20", "2027-03-01").empty());
}

TEST_CASE("a store restored from backup makes the same keys again, and nothing beside them") {
  MaintenanceWorld world;
  world.put_plan(6, 10'000);
  world.put_service("doc-1", "2026-06-10", 40'000);
  world.put_reading("2026-01-10", 34'000);
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.type = MaintenanceType::frenos; });
  world.run("2026-10-01");
  std::filesystem::copy_file(world.folder.path() / "store.db", world.folder.path() / "backup.db");
  world.run_daily("2026-10-02", "2026-12-31");
  const std::set<std::string> outbox(world.keys.begin(), world.keys.end());
  REQUIRE(outbox.size() == world.keys.size());
  REQUIRE(outbox.size() >= 3);
  auto restored = store::Database::open(world.folder.path() / "backup.db");
  std::set<std::string> again;
  for (auto now = instant("2026-10-02T15:00:00Z"); now < instant("2027-01-01T00:00:00Z"); now += 24h) {
    for (const auto& one : producers::remind_of_maintenance(restored, world.rules, {.now = now}).notices.created) {
      CHECK(again.insert(one.dedup_key).second);
    }
  }
  CHECK(again == outbox);
}

TEST_CASE("the day begins where the workshop is, also on days on which clocks change") {
  struct Row {
    std::string_view zone, due, before, after;  ///< thirty days ahead, the last second and the first
  };
  const std::vector<Row> rows{
      {"America/Santiago", "2026-10-06", "2026-09-06T03:59:59Z", "2026-09-06T04:00:00Z"},  // midnight does not exist
      {"America/Santiago", "2026-05-05", "2026-04-05T03:59:59Z", "2026-04-05T04:00:00Z"},  // its last hour came twice
      {"America/New_York", "2026-12-01", "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z"},
      {"America/New_York", "2026-04-07", "2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z"},
      {"America/Phoenix", "2026-12-01", "2026-11-01T06:59:59Z", "2026-11-01T07:00:00Z"},
      {"Pacific/Honolulu", "2026-12-01", "2026-11-01T09:59:59Z", "2026-11-01T10:00:00Z"},
      {"Mars/Olympus", "2026-12-01", "2026-11-01T02:59:59Z", "2026-11-01T03:00:00Z"}};  // the country's
  for (const auto& [zone, due, before, after] : rows) {
    INFO(zone << ' ' << due);
    MaintenanceWorld world{[&](core::Company& company) { company.time_zone = zone; }};
    world.put_reminder("rec-7", std::string{due});
    CHECK(world.run(instant(before)).notices.created.empty());
    CHECK(world.run(instant(after)).notices.created.size() == 1);
  }
}

TEST_CASE("month ends and the 29th of February") {
  struct Row {
    const char* serviced;
    int months;
    const char* due;
  };
  const Row rows[] = {{"2026-01-31", 1, "2026-02-28"},
                      {"2024-02-29", 12, "2025-02-28"},
                      {"2027-08-31", 6, "2028-02-29"},
                      {"2026-08-31", 6, "2027-02-28"},
                      {"2024-02-29", 48, "2028-02-29"}};
  for (const auto& [serviced, months, due] : rows) {
    INFO(serviced << " + " << months);
    MaintenanceWorld world;
    world.put_plan(months);
    world.put_service("doc-1", serviced);
    world.run(serviced);
    CHECK(world.reminder("plan/v-1/ACEITE/" + std::string{serviced}).reminder.due == calendar_day(due));
  }
}

TEST_CASE("what is found out while the workshop sleeps is written for the moment at which it is read") {
  MaintenanceWorld world{[](core::Company& company) { company.hours = {8h, 20h, false}; }};
  world.put_reminder("rec-7", "2026-12-21");
  const auto report = world.run(instant("2026-11-21T15:00:00Z"));  // Saturday, 30 days before
  REQUIRE(report.notices.created.size() == 1);
  CHECK(report.notices.created[0].due_at == instant("2026-11-23T11:00:00Z"));  // Monday, 08:00
  world.run(instant("2026-12-21T15:00:00Z"));
}
