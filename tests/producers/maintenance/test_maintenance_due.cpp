#include "producers/maintenance/maintenance_due.hpp"

#include "support/catch.hpp"
#include "support/odometer_readings.hpp"

using namespace egarage;
using namespace egarage::producers::maintenance;
using test::day;
using test::readings;

namespace {

const auto today = day("2026-11-01");

/// 30 km a day; 60,970 km on 2026-10-01, so 61,900 km expected today.
MileageEstimate steady() {
  return estimate_mileage(readings({{"2024-11-01", 40'000}, {"2025-11-01", 50'950}, {"2026-10-01", 60'970}}), {},
                          today);
}

std::optional<core::Date> maybe(const char* date) { return *date ? std::optional(day(date)) : std::nullopt; }

}  // namespace

TEST_CASE("due by date or odometer, whichever comes first", "[due]") {
  struct Row {
    const char* date;
    std::int64_t km;  ///< 0: none
    DueState state;
    const char* on;
    DueBy by;
  };
  for (const auto& row : {
           Row{"2026-12-02", 0, DueState::planned, "2026-12-02", DueBy::date},
           Row{"2026-12-01", 0, DueState::due_soon, "2026-12-01", DueBy::date},
           Row{"2026-11-02", 0, DueState::due_soon, "2026-11-02", DueBy::date},
           Row{"2026-11-01", 0, DueState::due, "2026-11-01", DueBy::date},
           Row{"2026-10-31", 0, DueState::overdue, "2026-10-31", DueBy::date},
           Row{"", 65'000, DueState::planned, "2027-02-13", DueBy::odometer},
           Row{"", 62'850, DueState::due_soon, "2026-12-03", DueBy::odometer},  // 32 days, 950 km
           Row{"", 61'920, DueState::due_soon, "2026-11-02", DueBy::odometer},
           Row{"", 61'880, DueState::due, "2026-11-01", DueBy::odometer},
           Row{"", 61'700, DueState::due, "2026-10-26", DueBy::odometer},      // likely passed
           Row{"", 61'200, DueState::overdue, "2026-10-09", DueBy::odometer},  // even at the slowest
           Row{"", 60'970, DueState::due, "2026-10-01", DueBy::odometer},      // shown
           Row{"", 60'000, DueState::overdue, "2026-10-01", DueBy::odometer},  // shown, and more
           Row{"2027-06-01", 65'000, DueState::planned, "2027-02-13", DueBy::odometer},
           Row{"2027-02-13", 65'000, DueState::planned, "2027-02-13", DueBy::both},
           Row{"2026-11-20", 65'000, DueState::due_soon, "2026-11-20", DueBy::date},
           Row{"2026-10-20", 61'700, DueState::overdue, "2026-10-20", DueBy::date},
           Row{"2027-06-01", 60'000, DueState::overdue, "2026-10-01", DueBy::odometer},
           Row{"", 0, DueState::planned, "", DueBy::nothing},
       }) {
    INFO(row.date << " / " << row.km);
    ServiceTarget target{maybe(row.date), {}};
    if (row.km) target.odometer = Distance::km(row.km);
    const auto due = find_due(target, steady(), {}, today, DistanceUnit::km);
    CHECK(core::name_of(due_state_names, due.state) == core::name_of(due_state_names, row.state));
    CHECK(due.due_on == maybe(row.on));
    CHECK(core::name_of(due_by_names, due.by) == core::name_of(due_by_names, row.by));
    CHECK(due.odometer.has_value() == (row.km != 0));
  }
}

TEST_CASE("without a reading only the date counts", "[due]") {
  const auto due = find_due({day("2026-11-20"), Distance::km(65'000)}, {}, {}, today, DistanceUnit::km);
  CHECK(due.state == DueState::due_soon);
  CHECK(due.by == DueBy::date);
  CHECK(due.why.at(1) == "by odometer planned: 65,000 km, no odometer reading to start from");
}

TEST_CASE("a vehicle that stands still just before its service is told soon", "[due]") {
  const auto still = estimate_mileage(readings({{"2025-10-01", 50'000}, {"2026-10-01", 50'000}}), {}, today);
  CHECK(find_due({{}, Distance::km(50'900)}, still, {}, today, DistanceUnit::km).state == DueState::due_soon);
  CHECK(find_due({{}, Distance::km(52'000)}, still, {}, today, DistanceUnit::km).state == DueState::planned);
}

TEST_CASE("the reasons are told, what decided first", "[due]") {
  const auto due = find_due({day("2027-06-01"), Distance::km(62'850)}, steady(), {}, today, DistanceUnit::km);
  CHECK(due.why == std::vector<std::string>{
                       "by odometer due soon: 62,850 km, expected 2026-12-03 (in 32 days), between 2026-11-21 and "
                       "2026-12-24; last read 60,970 km on 2026-10-01",
                       "by date planned: 2027-06-01 (in 212 days)",
                       "11,000 km a year from 3 readings of 2024-11-01 … 2026-10-01 (medium confidence)"});
  const auto nothing = find_due({}, steady(), {}, today, DistanceUnit::km);
  CHECK(nothing.why == std::vector<std::string>{"neither a date nor an odometer reading to wait for"});
}

TEST_CASE("reasons in miles for a vehicle that counts miles", "[due]") {
  const auto due = find_due({{}, Distance::miles(38'000)}, steady(), {}, today, DistanceUnit::mi);
  CHECK(due.why.at(0) ==
        "by odometer overdue: 38,000 mi, expected 2026-10-08 (24 days ago), between 2026-10-06 and "
        "2026-10-10; last read 37,885 mi on 2026-10-01");
}

TEST_CASE("the example of docs/maintenance.md", "[due]") {
  const auto mileage = estimate_mileage(readings({{"2024-11-01", 112'000},
                                                  {"2025-05-01", 117'430},
                                                  {"2025-11-01", 1'232'950},
                                                  {"2026-05-01", 128'380},
                                                  {"2026-10-01", 132'970}}),
                                        {}, today);
  ServicePlan oil;
  oil.interval = {std::chrono::months{12}, Distance::km(10'000)};
  const auto target = next_target(oil, Service{day("2025-12-01"), Distance::km(125'000)}, mileage);
  CHECK(target == ServiceTarget{day("2026-12-01"), Distance::km(135'000)});
  const auto due = find_due(target, mileage, {}, today, DistanceUnit::km);
  CHECK(due.state == DueState::due_soon);
  CHECK(due.by == DueBy::date);
  CHECK(due.due_on == day("2026-12-01"));
  CHECK(due.odometer->expected == day("2026-12-08"));
  CHECK(mileage.confidence == Confidence::high);
}
