#include "core/sending_hours.hpp"

#include "core/instant.hpp"
#include "support/catch.hpp"

using namespace egarage::core;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

Instant at(const char* text) {
  const auto instant = parse_instant(text);
  REQUIRE(instant.has_value());
  return *instant;
}

TimeZone zone(const char* name) {
  const auto found = TimeZone::locate(name);
  REQUIRE(found.has_value());
  return *found;
}

struct Row {
  const char* zone;
  SendingHours hours;
  const char* now;
  bool open;
  const char* change;
};

const SendingHours office{hours{8}, hours{20}, false};
const SendingHours every_day{hours{8}, hours{20}, true};
const SendingHours night{hours{22}, hours{2}, false};
const SendingHours from_midnight{hours{0}, hours{6}, true};
const SendingHours whole_working_days{hours{0}, hours{24}, false};

}  // namespace

TEST_CASE("sending hours are the wall clock of the company's own zone") {
  const Row rows[] = {
      // Santiago is UTC-3 in November 2026; the 18th is a Wednesday.
      {"America/Santiago", office, "2026-11-18T10:59:59Z", false, "2026-11-18T11:00:00Z"},
      {"America/Santiago", office, "2026-11-18T11:00:00Z", true, "2026-11-18T23:00:00Z"},
      {"America/Santiago", office, "2026-11-18T23:00:00Z", false, "2026-11-19T11:00:00Z"},
      // Saturday and Sunday wait for Monday, unless weekends are on.
      {"America/Santiago", office, "2026-11-20T23:00:00Z", false, "2026-11-23T11:00:00Z"},
      {"America/Santiago", office, "2026-11-21T15:00:00Z", false, "2026-11-23T11:00:00Z"},
      {"America/Santiago", every_day, "2026-11-21T15:00:00Z", true, "2026-11-21T23:00:00Z"},
      // A window over midnight belongs to the day on which it opens: Friday's reaches into Saturday.
      {"America/New_York", night, "2026-11-21T06:30:00Z", true, "2026-11-21T07:00:00Z"},
      {"America/New_York", night, "2026-11-22T06:30:00Z", false, "2026-11-24T03:00:00Z"},
      {"America/New_York", night, "2026-11-19T02:59:59Z", false, "2026-11-19T03:00:00Z"},
      // Days that touch are one window; it ends with Friday.
      {"America/New_York", whole_working_days, "2026-11-18T15:00:00Z", true, "2026-11-21T05:00:00Z"},
      {"America/New_York", whole_working_days, "2026-11-21T05:00:00Z", false, "2026-11-23T05:00:00Z"},
      // Honolulu and Phoenix know no summer time.
      {"Pacific/Honolulu", office, "2026-07-15T17:59:59Z", false, "2026-07-15T18:00:00Z"},
      {"America/Phoenix", office, "2026-07-15T15:00:00Z", true, "2026-07-16T03:00:00Z"},
      // Chile goes forward on 2026-09-06: 00:00 to 01:00 does not exist, the window opens at 01:00 (04:00 UTC).
      {"America/Santiago", from_midnight, "2026-09-06T03:59:59Z", false, "2026-09-06T04:00:00Z"},
      {"America/Santiago", from_midnight, "2026-09-06T04:00:00Z", true, "2026-09-06T09:00:00Z"},
      // Chile goes back on 2026-04-04: the hour before midnight happens twice, closed both times.
      {"America/Santiago", every_day, "2026-04-05T02:30:00Z", false, "2026-04-05T12:00:00Z"},
      {"America/Santiago", every_day, "2026-04-05T03:30:00Z", false, "2026-04-05T12:00:00Z"},
  };
  for (const auto& row : rows) {
    INFO(row.zone << " " << row.now);
    const auto opening = opening_at(row.hours, zone(row.zone), at(row.now));
    CHECK(opening.open == row.open);
    CHECK(format_instant(opening.change) == row.change);
  }
}

TEST_CASE("around the clock never closes") {
  const auto opening = opening_at({minutes{0}, hours{24}, true}, zone("America/Santiago"), at("2026-04-05T03:00:00Z"));
  CHECK(opening.open);
  CHECK(opening.change == Instant::max());
}

TEST_CASE("no window opens on a holiday, and one that opened before it goes on") {
  const auto closed = [](SendingHours window) {
    // Friday 2026-09-18 and Saturday 19 are Chile's national holidays; 2026-12-25 is a Friday.
    for (const auto* day : {"2026-09-18", "2026-09-19", "2026-12-25"}) {
      window.closed_days.emplace_back(std::chrono::local_days{parse_date(day).value()});
    }
    return window;
  };
  const SendingHours always{hours{0}, hours{24}, true};
  const Row rows[] = {
      {"America/Santiago", closed(office), "2026-09-17T22:59:59Z", true, "2026-09-17T23:00:00Z"},
      {"America/Santiago", closed(office), "2026-09-17T23:00:00Z", false, "2026-09-21T11:00:00Z"},
      {"America/Santiago", closed(office), "2026-09-18T15:00:00Z", false, "2026-09-21T11:00:00Z"},
      {"America/Santiago", closed(every_day), "2026-09-18T15:00:00Z", false, "2026-09-20T11:00:00Z"},
      {"America/Santiago", office, "2026-09-18T15:00:00Z", true, "2026-09-18T23:00:00Z"},
      // Thursday's window over midnight is still open on the holiday; Friday's and Saturday's do not open.
      {"America/Santiago", closed(night), "2026-09-18T04:30:00Z", true, "2026-09-18T05:00:00Z"},
      {"America/Santiago", closed(night), "2026-09-18T05:00:00Z", false, "2026-09-22T01:00:00Z"},
      {"America/Santiago", closed(always), "2026-09-18T02:59:59Z", true, "2026-09-18T03:00:00Z"},
      {"America/Santiago", closed(always), "2026-09-18T03:00:00Z", false, "2026-09-20T03:00:00Z"},
      {"America/Santiago", closed(whole_working_days), "2026-12-24T15:00:00Z", true, "2026-12-25T03:00:00Z"},
  };
  for (const auto& row : rows) {
    INFO(row.zone << " " << row.now);
    const auto opening = opening_at(row.hours, zone(row.zone), at(row.now));
    CHECK(opening.open == row.open);
    CHECK(format_instant(opening.change) == row.change);
  }
  CHECK(opening_at(closed(always), zone("America/Santiago"), at("2026-12-26T03:00:00Z")).change == Instant::max());
}

TEST_CASE("a month of holidays is waited for") {
  auto window = office;
  for (auto day = std::chrono::local_days{parse_date("2026-02-01").value()}; window.closed_days.size() < 28;
       day += std::chrono::days{1}) {
    window.closed_days.push_back(day);
  }
  const auto opening = opening_at(window, zone("America/Santiago"), at("2026-01-31T15:00:00Z"));
  CHECK_FALSE(opening.open);
  CHECK(format_instant(opening.change) == "2026-03-02T11:00:00Z");
}

TEST_CASE("the window answers consistently at every quarter of an hour of three years") {
  for (const auto* name :
       {"America/Santiago", "America/Punta_Arenas", "America/New_York", "America/Phoenix", "Pacific/Honolulu"}) {
    for (const auto& window : {office, every_day, night, from_midnight}) {
      const auto where = zone(name);
      auto now = at("2026-01-01T00:00:00Z");
      const auto end = at("2029-01-01T00:00:00Z");
      auto known = opening_at(window, where, now);
      for (; now < end; now += minutes{15}) {
        const auto opening = opening_at(window, where, now);
        const bool change_has_come = now >= known.change;
        if (opening.open != (change_has_come ? !known.open : known.open) || opening.change <= now) {
          INFO(name << " " << format_instant(now));
          FAIL("the announced change did not come, or came early");
        }
        known = opening;
      }
    }
  }
}
