#include <fmt/format.h>

#include "inactivity_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::months;
using test::at_a_year;
using test::cancelled;
using test::instant;
using test::keys;
using World = test::InactivityWorld;

TEST_CASE("whoever left long before this program came is left alone") {
  World world;
  for (const auto* day : {"2009-03-01", "2020-05-05", "2024-06-01", "2025-08-21", "2025-08-22", "2024-08-22"}) {
    world.visit(std::string{"c-"} + day, day);
  }
  CHECK(keys(world.check(at_a_year)) == "c-2024-08-22/2024-08-22/M+24 c-2025-08-22/2025-08-22/M+12");
  CHECK(world.check("2026-11-20T16:00:00Z").created.empty());
}

TEST_CASE("a cron that was away makes up for what is not too long ago, and only the latest period's") {
  struct Row {
    std::string_view after, made;
  };
  const std::vector<Row> rows{{"2026-11-21", "ana/2025-11-20/M+12"},
                              {"2026-11-23", "ana/2025-11-20/M+12"},
                              {"2026-12-30", "ana/2025-11-20/M+12"},
                              {"2027-02-18", "ana/2025-11-20/M+12"},
                              {"2027-02-19", ""},
                              {"2027-11-20", "ana/2025-11-20/M+24"}};
  for (const auto& [after, made] : rows) {
    INFO(after);
    World world;
    world.visit("ana", "2025-11-20");
    CHECK(keys(world.check(fmt::format("{}T15:00:00Z", after))) == made);
    CHECK(world.check(fmt::format("{}T15:15:00Z", after)).created.empty());
  }
  World world;
  world.rules = {months{1}, 6, days{90}};  // several periods ended within 90 days
  world.visit("ana", "2026-08-20");
  CHECK(keys(world.check(at_a_year)) == "ana/2026-08-20/M+3");
  CHECK(world.check("2026-11-20T16:00:00Z").created.empty());
  const auto report = world.check("2026-12-20T15:00:00Z");
  CHECK(keys(report) == "ana/2026-08-20/M+4");
  CHECK(cancelled(report) == "CLIENTE_INACTIVO/ana/2026-08-20/M+3/email: superseded by M+4\n");
}

TEST_CASE("months end where the calendar lets them, and days begin where the company is") {
  struct Row {
    std::string_view last, zone, before, after;
  };
  const std::vector<Row> rows{
      {"2024-02-29", "America/Santiago", "2025-02-28T02:59:59Z", "2025-02-28T03:00:00Z"},
      {"2023-02-28", "America/Santiago", "2024-02-28T02:59:59Z", "2024-02-28T03:00:00Z"},
      {"2025-08-31", "America/Santiago", "2026-08-31T03:59:59Z", "2026-08-31T04:00:00Z"},
      {"2025-09-06", "America/Santiago", "2026-09-06T03:59:59Z", "2026-09-06T04:00:00Z"},  // begins at 01:00
      {"2025-11-01", "America/New_York", "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z"},
      {"2025-03-08", "America/Phoenix", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z"},
      {"2025-03-08", "Pacific/Honolulu", "2026-03-08T09:59:59Z", "2026-03-08T10:00:00Z"},
      {"2025-12-01", "Mars/Olympus", "2026-12-01T02:59:59Z", "2026-12-01T03:00:00Z"}};  // the country's
  for (const auto& [last, zone, before, after] : rows) {
    INFO(last << " " << zone);
    World world;
    world.put_company([&](auto& company) { company.time_zone = zone; });
    world.visit("ana", last);
    CHECK(world.check(before).created.empty());
    CHECK(keys(world.check(after)) == fmt::format("ana/{}/M+12", last));
  }
}

TEST_CASE("an invitation found out on Saturday is for Monday; a restored copy repeats nothing") {
  World world;
  world.put_company([](auto& company) { company.hours = {8h, 20h, false}; });
  world.visit("ana", "2025-11-22");
  const auto report = world.check("2026-11-21T15:00:00Z");  // Saturday; the year is over on Sunday
  REQUIRE(keys(report) == "ana/2025-11-22/M+12");
  CHECK(report.created[0].due_at == instant("2026-11-23T11:00:00Z"));
  const auto copy = world.folder.path() / "copy.db";
  std::filesystem::copy_file(world.folder.path() / "store.db", copy);
  CHECK(keys(world.check("2027-11-22T15:00:00Z")) == "ana/2025-11-22/M+24");
  auto restored = store::Database::open(copy);
  const auto again = [&] {
    return keys(producers::check_inactive(restored, world.rules, {.now = instant("2027-11-22T15:00:00Z")}));
  };
  CHECK(again() == "ana/2025-11-22/M+24");
  CHECK(again().empty());
}

TEST_CASE("a clock that was set back brings back no earlier period") {
  World world;
  world.visit("ana", "2025-11-20");
  CHECK(keys(world.check("2027-11-22T15:00:00Z")) == "ana/2025-11-20/M+24");
  CHECK(world.check("2026-11-24T15:00:00Z").created.empty());
}
