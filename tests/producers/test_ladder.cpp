#include "producers/ladder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "producers/local_day.hpp"
#include "support/catch.hpp"

using namespace egarage;
using producers::Heard;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

core::Date the_day(std::string_view text) {
  const auto parsed = core::parse_date(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

producers::LadderRules standard() {
  return {{days{-1}, days{-30}, days{7}, days{-7}, days{0}, days{-5}, days{1}, days{-7}}, days{30}};
}

/// `-5 until 2026-11-30`, or `none`.
std::string step_on(std::string_view today, std::string_view end, Heard heard = Heard::something,
                    const producers::LadderRules& rules = standard()) {
  const auto step = producers::step_on(the_day(today), the_day(end), rules, heard);
  if (!step) return "none";
  return fmt::format("{} until {}", step->offset.count(), step->until ? core::format_date(*step->until) : "ever");
}

}  // namespace

TEST_CASE("each day has the latest step whose day has come") {
  struct Row {
    std::string_view today, step;
  };
  const std::vector<Row> rows{{"2026-10-31", "none"},
                              {"2026-11-01", "-30 until 2026-11-24"},
                              {"2026-11-23", "-30 until 2026-11-24"},
                              {"2026-11-24", "-7 until 2026-11-26"},
                              {"2026-11-25", "-7 until 2026-11-26"},
                              {"2026-11-26", "-5 until 2026-11-30"},
                              {"2026-11-29", "-5 until 2026-11-30"},
                              {"2026-11-30", "-1 until 2026-12-01"},
                              {"2026-12-01", "0 until 2026-12-02"},
                              {"2026-12-02", "1 until 2026-12-08"},
                              {"2026-12-07", "1 until 2026-12-08"},
                              {"2026-12-08", "7 until ever"},
                              {"2027-06-01", "7 until ever"}};
  for (const auto& [today, step] : rows) {
    INFO(today);
    CHECK(step_on(today, "2026-12-01") == step);
  }
}

TEST_CASE("the calendar's corners are days like all others") {
  struct Row {
    std::string_view what, today, end, step;
  };
  const std::vector<Row> rows{
      {"29 February is the end", "2028-01-30", "2028-02-29", "-30 until 2028-02-22"},
      {"29 February is a step", "2028-02-29", "2028-03-01", "-1 until 2028-03-01"},
      {"28 February is that step in other years", "2027-02-28", "2027-03-01", "-1 until 2027-03-01"},
      {"a week after 29 February", "2028-03-07", "2028-02-29", "7 until ever"},
      {"a month's end", "2026-01-31", "2026-02-01", "-1 until 2026-02-01"},
      {"30 days before a 31st", "2026-07-01", "2026-07-31", "-30 until 2026-07-24"},
      {"a year's end", "2026-12-31", "2027-01-01", "-1 until 2027-01-01"},
      {"the day after a year's end", "2027-01-01", "2026-12-31", "1 until 2027-01-07"}};
  for (const auto& [what, today, end, step] : rows) {
    INFO(what);
    CHECK(step_on(today, end) == step);
  }
}

TEST_CASE("who was never told long after the date is left alone") {
  CHECK(step_on("2026-12-31", "2026-12-01", Heard::nothing) == "7 until ever");  // 30 days
  CHECK(step_on("2027-01-01", "2026-12-01", Heard::nothing) == "none");
  CHECK(step_on("2027-06-19", "2026-12-01", Heard::nothing) == "none");  // 200 days
  CHECK(step_on("2027-01-01", "2026-12-01", Heard::something) == "7 until ever");
  CHECK(step_on("2026-11-20", "2026-12-01", Heard::nothing) == "-30 until 2026-11-24");
}

TEST_CASE("a notice before the date is never sent after it, whatever steps there are") {
  const producers::LadderRules only_before{{days{-5}}, days{30}};
  CHECK(step_on("2026-12-01", "2026-12-01", Heard::something, only_before) == "-5 until 2026-12-02");
  CHECK(step_on("2026-12-02", "2026-12-01", Heard::something, only_before) == "none");
  const producers::LadderRules late{{days{0}, days{3}}, days{30}};
  CHECK(step_on("2026-12-01", "2026-12-01", Heard::something, late) == "0 until 2026-12-02");
  CHECK(step_on("2026-12-03", "2026-12-01", Heard::something, late) == "none");
  CHECK(step_on("2026-12-04", "2026-12-01", Heard::something, late) == "3 until ever");
  CHECK(step_on("2026-12-01", "2026-12-01", Heard::something, {{}, days{30}}) == "none");
}

namespace {

/// The steps taken by a cron that runs once a day from 60 days before the end to 60 after it, except on the days from
/// `gap` on, `missing` of them (relative to the end). Each with the day on which it was taken.
std::string walk(int gap, int missing) {
  const auto end = the_day("2026-12-01");
  std::string taken;
  std::optional<days> last;
  for (int day = -60; day <= 60; ++day) {
    if (day >= gap && day < gap + missing) continue;
    const auto today = core::Date{sys_days{end} + days{day}};
    const auto step = producers::step_on(today, end, standard(), last ? Heard::something : Heard::nothing);
    if (!step || (last && *last >= step->offset)) continue;
    last = step->offset;
    taken += fmt::format("{}{}@{}", taken.empty() ? "" : " ", step->offset.count(), day);
  }
  return taken;
}

}  // namespace

TEST_CASE("fault 3 of the old system: a cron that was away sends the latest step once, and none of those it missed") {
  struct Row {
    int gap, missing;
    std::string_view steps;
  };
  const std::vector<Row> rows{
      {0, 0, "-30@-30 -7@-7 -5@-5 -1@-1 0@0 1@1 7@7"},
      {-7, 1, "-30@-30 -7@-6 -5@-5 -1@-1 0@0 1@1 7@7"},  // a day late
      {-1, 1, "-30@-30 -7@-7 -5@-5 0@0 1@1 7@7"},        // overtaken by the next
      {-7, 3, "-30@-30 -5@-4 -1@-1 0@0 1@1 7@7"},        // two missed, one sent
      {-1, 3, "-30@-30 -7@-7 -5@-5 1@2 7@7"},            // over the end
      {-40, 40, "0@0 1@1 7@7"},                          // from before the first step to the day itself
      {-31, 40, "7@9"},                                  // all of it, shortly after the end
      {-6, 40, "-30@-30 -7@-7 7@34"},                    // it was told before: it hears of the end, too
      {-31, 62, ""},                                     // never told, and long over
  };
  for (const auto& [gap, missing, steps] : rows) {
    INFO(missing << " days from " << gap);
    CHECK(walk(gap, missing) == steps);
  }
}

TEST_CASE("a company's day begins at its own midnight, also where clocks change at midnight") {
  struct Row {
    std::string_view zone, instant, day;
  };
  const std::vector<Row> rows{
      {"America/Santiago", "2026-04-05T02:59:59Z", "2026-04-04"},  // 23:59:59 for the first time
      {"America/Santiago", "2026-04-05T03:59:59Z", "2026-04-04"},  // 23:59:59 for the second time
      {"America/Santiago", "2026-04-05T04:00:00Z", "2026-04-05"},
      {"America/Santiago", "2026-09-06T03:59:59Z", "2026-09-05"},
      {"America/Santiago", "2026-09-06T04:00:00Z", "2026-09-06"},  // 01:00: the hour before does not exist
      {"America/New_York", "2026-03-08T04:59:59Z", "2026-03-07"},
      {"America/New_York", "2026-03-08T05:00:00Z", "2026-03-08"},
      {"America/New_York", "2026-11-02T04:59:59Z", "2026-11-01"},  // a day of 25 hours
      {"America/New_York", "2026-11-02T05:00:00Z", "2026-11-02"},
      {"America/Phoenix", "2026-03-08T06:59:59Z", "2026-03-07"},
      {"America/Phoenix", "2026-03-08T07:00:00Z", "2026-03-08"},  // no summer time
      {"Pacific/Honolulu", "2026-12-02T09:59:59Z", "2026-12-01"},
      {"Pacific/Honolulu", "2026-12-02T10:00:00Z", "2026-12-02"},
  };
  for (const auto& [name, text, day] : rows) {
    INFO(name << ' ' << text);
    const auto zone = *core::TimeZone::locate(name);
    const auto instant = *core::parse_instant(text);
    CHECK(producers::day_at(instant, zone) == the_day(day));
    const auto begin = producers::begin_of(the_day(day), zone);
    CHECK(producers::day_at(begin, zone) == the_day(day));
    CHECK(producers::day_at(begin - std::chrono::seconds{1}, zone) == core::Date{sys_days{the_day(day)} - days{1}});
  }
}

TEST_CASE("a zone that is unknown or missing is that of the country, or UTC") {
  struct Row {
    std::string_view zone, country, name;
  };
  const std::vector<Row> rows{{"Pacific/Honolulu", "US", "Pacific/Honolulu"},
                              {"America/Santigo", "CL", "America/Santiago"},
                              {"", "US", "America/New_York"},
                              {"Mars/Olympus", "AR", "UTC"}};
  for (const auto& [name, country, expected] : rows) {
    INFO(name);
    core::Company company;
    company.time_zone = name;
    company.country = country;
    const auto zone = producers::zone_of(company);
    CHECK((zone.name() == expected || (expected == "UTC" && zone.offset(core::Instant{}).count() == 0)));
  }
}

TEST_CASE("the stretches of a ladder are the days on which step_on takes its steps, the latest first") {
  const std::vector<producers::LadderRules> ladders{standard(),
                                                    {{days{-3}, days{0}, days{3}, days{10}, days{30}}, days{30}},
                                                    {{days{-7}}, days{30}},
                                                    {{days{5}, days{-2}}, days{5}},
                                                    {{}, days{30}}};
  const auto date = the_day("2026-12-01");
  for (const auto& rules : ladders) {
    const auto found = producers::stretches(rules, days{60});
    CHECK(std::ranges::is_sorted(found, std::ranges::greater{}, &producers::Stretch::step));
    const int latest = rules.steps.empty() ? 0 : static_cast<int>(std::ranges::max(rules.steps).count()) + 60;
    for (int reached = -40; reached <= latest; ++reached) {
      const auto expected =
          producers::step_on(core::Date{sys_days{date} + days{reached}}, date, rules, Heard::something);
      const auto in = std::ranges::find_if(
          found, [&](const auto& stretch) { return days{reached} >= stretch.first && days{reached} <= stretch.last; });
      INFO(reached);
      REQUIRE((in != found.end()) == expected.has_value());
      if (expected) CHECK(in->step == expected->offset);
    }
  }
}
