#include <fmt/format.h>

#include "payments_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using std::chrono::days;
using test::instant;
using test::keys;
using World = test::PaymentsWorld;

TEST_CASE("a cron that was away makes the latest step that still makes sense, once") {
  struct Row {
    std::string_view before, after, made;
  };
  const std::vector<Row> rows{{"2026-11-28", "2026-11-30", ""},
                              {"2026-11-27", "2026-11-29", "F-1/2026-12-01/T-3"},
                              {"2026-11-30", "2026-12-04", "F-1/2026-12-01/T+3"},
                              {"2026-12-04", "2027-01-13", "F-1/2026-12-01/T+30"},
                              {"2026-12-04", "2027-03-01", "F-1/2026-12-01/T+30"},
                              {"2026-12-04", "2027-03-02", ""},  // two months late for the last step
                              {"2026-11-01", "2027-01-01", ""},  // never told, and past the last step
                              {"2026-11-01", "2026-12-31", "F-1/2026-12-01/T+30"}};
  for (const auto& [before, after, made] : rows) {
    INFO(before << " " << after);
    World world;
    world.owe("F-1", "2026-12-01");
    world.check(fmt::format("{}T15:00:00Z", before));
    CHECK(keys(world.check(fmt::format("{}T15:00:00Z", after))) == made);
    CHECK(world.check(fmt::format("{}T16:00:00Z", after)).created.empty());
  }
}

TEST_CASE("a clock that was set back brings back no earlier step of a document") {
  World world;
  world.owe("F-1", "2026-12-01");
  CHECK(keys(world.check("2026-12-04T15:00:00Z")) == "F-1/2026-12-01/T+3");
  CHECK(world.check("2026-11-28T15:00:00Z").created.empty());
  CHECK(world.check("2026-12-01T15:00:00Z").created.empty());
  CHECK(keys(world.check("2026-12-11T15:00:00Z")) == "F-1/2026-12-01/T+10");
}

TEST_CASE("a store restored from a copy makes again what the copy does not know, and nothing else") {
  World world;
  world.owe("F-1", "2026-12-01");
  world.check("2026-11-28T15:00:00Z");
  const auto copy = world.folder.path() / "copy.db";
  std::filesystem::copy_file(world.folder.path() / "store.db", copy);
  CHECK(keys(world.check("2026-12-01T15:00:00Z")) == "F-1/2026-12-01/T-0");
  auto restored = store::Database::open(copy);
  const auto check = [&](std::string_view now) {
    return keys(producers::check_payments(restored, world.rules, {.now = instant(now)}));
  };
  CHECK(check("2026-12-01T17:00:00Z") == "F-1/2026-12-01/T-0");
  for (auto now = instant("2026-12-01T18:00:00Z"); now < instant("2026-12-02T03:00:00Z"); now += 15min) {
    CHECK(producers::check_payments(restored, world.rules, {.now = now}).created.empty());
  }
}

TEST_CASE("the day begins where the company is, also when clocks change") {
  struct Row {
    std::string_view zone, due, before, after;
  };
  const std::vector<Row> rows{
      {"America/Santiago", "2026-09-06", "2026-09-06T03:59:59Z", "2026-09-06T04:00:00Z"},  // begins at 01:00
      {"America/Santiago", "2026-04-05", "2026-04-05T03:59:59Z", "2026-04-05T04:00:00Z"},  // 23:00 came twice
      {"America/New_York", "2026-11-01", "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z"},
      {"America/New_York", "2026-11-02", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z"},
      {"America/Phoenix", "2026-11-01", "2026-11-01T06:59:59Z", "2026-11-01T07:00:00Z"},
      {"Pacific/Honolulu", "2026-03-08", "2026-03-08T09:59:59Z", "2026-03-08T10:00:00Z"},
      {"America/Santiago", "2028-02-29", "2028-02-29T02:59:59Z", "2028-02-29T03:00:00Z"},
      {"Mars/Olympus", "2026-12-01", "2026-12-01T02:59:59Z", "2026-12-01T03:00:00Z"}};  // the country's
  for (const auto& [zone, due, before, after] : rows) {
    INFO(zone << " " << due);
    World world;
    world.rules.steps = {days{0}};
    world.put_company([&](auto& company) { company.time_zone = zone; });
    world.owe("F-1", due);
    CHECK(world.check(before).created.empty());
    CHECK(keys(world.check(after)) == fmt::format("F-1/{}/T-0", due));
  }
}

TEST_CASE("a bill that is found out about while the company sleeps is told on the day on which that is read") {
  World world;
  world.put_company([](auto& company) { company.hours = {8h, 20h, false}; });
  world.owe("F-1", "2026-11-22");  // a Sunday
  CHECK(keys(world.check("2026-11-20T15:00:00Z")) == "F-1/2026-11-22/T-3");
  CHECK(world.check("2026-11-22T15:00:00Z").created.empty());  // on Monday it was due yesterday: no step's day
  CHECK(world.found("PAGO_PENDIENTE/F-1/2026-11-22/T-3/email").not_after == instant("2026-11-22T02:59:59Z"));
  world.owe("F-2", "2026-11-26");
  const auto report = world.check("2026-11-21T15:00:00Z");  // Saturday; Monday is three days before
  REQUIRE(keys(report) == "F-2/2026-11-26/T-3");
  CHECK(report.created[0].due_at == instant("2026-11-23T11:00:00Z"));
  CHECK(world.found("PAGO_PENDIENTE/F-2/2026-11-26/T-3/email").subject == "Su factura N° 1042 vence en 3 días");
}
