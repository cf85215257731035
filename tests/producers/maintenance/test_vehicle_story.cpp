#include "producers/maintenance/vehicle_story.hpp"

#include "producers/maintenance_world.hpp"

using namespace egarage;
using namespace egarage::producers::maintenance;
using core::MaintenanceType;
using test::calendar_day;
using test::MaintenanceWorld;

namespace {

std::string told(MaintenanceWorld& world, const char* today) {
  const auto story =
      vehicle_story(world.database, world.directory.company(world.company), "v-1", world.rules, calendar_day(today));
  REQUIRE(story);
  std::string text;
  for (const auto& line : lines_of(*story)) text += line + '\n';
  return text;
}

void check_has(const std::string& text, std::initializer_list<const char*> parts) {
  for (const auto* part : parts) {
    INFO("looking for \"" << part << "\" in:\n" << text);
    CHECK(text.find(part) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("a vehicle's story names plan, last service, forecast with its inputs, and what comes next") {
  MaintenanceWorld world;
  world.put_plan(12, 10'000);
  world.put_reading("2024-11-01", 112'000);
  world.put_reading("2025-05-01", 117'430);
  world.put_reading("2025-11-01", 1'232'950);
  world.put_service("doc-1", "2025-12-01", 125'000);
  world.put_reading("2026-05-01", 128'380);
  world.put_reading("2026-10-01", 132'970);
  const auto before = told(world, "2026-10-15");
  check_has(before,
            {"plan: every 12 months or 10,000 km after the last service",
             "last service: 2025-12-01, 125,000 km (document doc-1)",
             "reminder plan/v-1/ACEITE/2025-12-01 (planned): due 2026-12-01 or 135,000 km, whichever comes first",
             "to be announced on 2026-11-01", "1,232,950 km of 2025-11-01 looks like an extra digit", "confidence",
             "read 2026-10-01: 132,970 km (workshop)", "not believed"});
  world.run("2026-10-15");
  CHECK(told(world, "2026-10-15") == before);  // planned or not, it is told alike
  world.run("2026-11-01");
  check_has(told(world, "2026-11-02"), {"(notified)", "to be written about again, if it is not done, on 2026-12-15"});
  world.run("2026-12-15");
  check_has(told(world, "2026-12-16"), {"(overdue)", "nothing more is"});
}

TEST_CASE("a vehicle that is reminded of nothing has a reason") {
  MaintenanceWorld none;
  check_has(told(none, "2026-10-15"), {"no plan applies to the vehicle, and it has no reminders"});
  MaintenanceWorld nothing_known;
  nothing_known.put_plan(12);
  check_has(told(nothing_known, "2026-10-15"),
            {"last service: none known", "no reminder: nothing to count from: there is neither a document nor"});
  MaintenanceWorld no_reading;
  no_reading.put_plan({}, 10'000);
  no_reading.put_service("doc-1", "2025-12-01");
  check_has(told(no_reading, "2026-10-15"), {"no reminder: no odometer reading to count from"});
  MaintenanceWorld sold;
  sold.put_plan(12);
  sold.put_service("doc-1", "2025-12-01");
  sold.sell("v-1");
  check_has(told(sold, "2026-10-15"), {"sold: nothing is written about it", "no reminder: the vehicle was sold"});
  MaintenanceWorld long_ago;
  long_ago.put_plan(12);
  long_ago.put_service("doc-1", "2022-12-01");
  check_has(told(long_ago, "2026-10-15"), {"left alone: it was due on 2023-12-01"});
}
