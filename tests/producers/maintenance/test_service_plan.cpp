#include "producers/maintenance/service_plan.hpp"

#include "support/catch.hpp"
#include "support/odometer_readings.hpp"

using namespace egarage;
using namespace egarage::producers::maintenance;
using std::chrono::months;
using test::day;
using test::readings;

namespace {

const auto today = day("2026-11-01");

ServicePlan every(std::optional<int> count, std::optional<std::int64_t> km, Anchoring anchoring, const char* start,
                  std::optional<Distance> odometer = std::nullopt) {
  ServicePlan plan;
  if (count) plan.interval.months = months{*count};
  if (km) plan.interval.distance = Distance::km(*km);
  plan.anchoring = anchoring;
  plan.start = {day(start), odometer};
  return plan;
}

}  // namespace

TEST_CASE("the next date is counted from the last service, or from the plan's start", "[plan]") {
  constexpr auto floating = Anchoring::floating, fixed = Anchoring::fixed;
  struct Row {
    Anchoring anchoring;
    int months;
    const char *start, *last, *next;
  };
  for (const auto& row : {
           Row{floating, 12, "2025-01-31", "", "2026-01-31"},
           Row{floating, 12, "2025-01-31", "2026-03-10", "2027-03-10"},
           Row{floating, 6, "2025-01-31", "2025-08-31", "2026-02-28"},
           Row{floating, 12, "2027-02-28", "2028-02-29", "2029-02-28"},
           Row{fixed, 12, "2025-01-31", "", "2026-01-31"},
           Row{fixed, 12, "2025-07-01", "2026-07-20", "2027-07-01"},  // late
           Row{fixed, 12, "2025-07-01", "2026-06-10", "2027-07-01"},  // early: this date's
           Row{fixed, 12, "2025-07-01", "2026-02-10", "2026-07-01"},  // far too early: it does not count for July
           Row{fixed, 12, "2025-07-01", "2028-03-01", "2028-07-01"},  // two missed
           Row{fixed, 12, "2025-07-01", "2024-03-01", "2026-07-01"},  // before the plan began
           Row{fixed, 1, "2026-01-31", "2026-02-27", "2026-03-31"},   // never drifts to the 28th
           Row{fixed, 12, "2024-02-29", "2027-02-28", "2028-02-29"},
       }) {
    INFO(row.months << " months from " << row.start << ", last " << row.last);
    const auto last = *row.last ? std::optional(Service{day(row.last), {}}) : std::nullopt;
    const auto target = next_target(every(row.months, {}, row.anchoring, row.start), last, {});
    CHECK(target == ServiceTarget{day(row.next), {}});
  }
}

TEST_CASE("the next odometer is counted the same way", "[plan]") {
  constexpr auto floating = Anchoring::floating, fixed = Anchoring::fixed;
  struct Row {
    Anchoring anchoring;
    std::int64_t start, last, next;
  };
  for (const auto& row :
       {Row{floating, 5'000, 15'700, 25'700}, Row{floating, 5'000, 0, 15'000}, Row{fixed, 5'000, 0, 15'000},
        Row{fixed, 5'000, 15'700, 25'000}, Row{fixed, 5'000, 13'000, 25'000}, Row{fixed, 5'000, 12'000, 15'000},
        Row{fixed, 5'000, 47'000, 55'000}, Row{fixed, 5'000, 1'000, 15'000}}) {
    INFO(row.start << ", last " << row.last);
    const auto plan = every({}, 10'000, row.anchoring, "2025-01-01", Distance::km(row.start));
    const auto last = row.last ? std::optional(Service{day("2026-01-01"), Distance::km(row.last)}) : std::nullopt;
    CHECK(next_target(plan, last, {}) == ServiceTarget{{}, Distance::km(row.next)});
  }
}

TEST_CASE("a service without a reading is placed by the readings around it", "[plan]") {
  const auto mileage = estimate_mileage(readings({{"2026-01-01", 20'000}, {"2026-04-11", 23'000}}), {}, today);
  CHECK(odometer_on(mileage, day("2026-02-20")) == Distance::km(21'500));
  CHECK(odometer_on(mileage, day("2026-04-21")) == Distance::km(23'300));
  CHECK(odometer_on(mileage, day("2025-12-22")) == Distance::km(19'700));
  CHECK_FALSE(odometer_on({}, day("2026-02-20")));
  const auto plan = every({}, 10'000, Anchoring::floating, "2025-01-01");
  CHECK(next_target(plan, Service{day("2026-02-20"), {}}, mileage).odometer == Distance::km(31'500));
  CHECK(next_target(plan, Service{day("2026-02-20"), {}}, {}) == ServiceTarget{});
}

TEST_CASE("a service on an odometer that was replaced since is carried over", "[plan]") {
  const auto history =
      readings({{"2025-08-03", 145'000}, {"2025-11-11", 148'000}, {"2026-02-19", 1'000}, {"2026-05-30", 4'000}});
  const auto mileage = estimate_mileage(history, {}, today);
  REQUIRE(mileage.history.replacements.size() == 1);
  // 148,000 and a hundred days at 30 km: the new one showed 1,000 where the old one would have shown 151,000.
  const auto plan = every({}, 10'000, Anchoring::floating, "2025-01-01");
  const auto target = next_target(plan, Service{day("2025-11-11"), Distance::km(148'000)}, mileage);
  CHECK(target.odometer->rounded(DistanceUnit::km) == 8'000);
  CHECK(odometer_on(mileage, day("2025-11-01"))->rounded(DistanceUnit::km) == -2'300);
  CHECK(odometer_on(mileage, day("2026-02-09"))->rounded(DistanceUnit::km) == 700);
  CHECK(odometer_on(mileage, day("2026-03-01"))->rounded(DistanceUnit::km) == 1'300);
}

TEST_CASE("a service whose reading is rejected is placed as if it had none", "[plan]") {
  const auto history = readings({{"2026-01-01", 20'000}, {"2026-02-20", 215'000}, {"2026-04-11", 23'000}});
  const auto mileage = estimate_mileage(history, {}, today);
  REQUIRE(mileage.history.rejected.size() == 1);
  const auto plan = every({}, 10'000, Anchoring::floating, "2025-01-01");
  CHECK(next_target(plan, Service{day("2026-02-20"), Distance::km(215'000)}, mileage).odometer == Distance::km(31'500));
}

TEST_CASE("a plan without an interval never comes due", "[plan]") {
  CHECK(next_target({}, {}, {}) == ServiceTarget{});
  CHECK(next_target(every(0, 0, Anchoring::fixed, "2025-01-01"), {}, {}) == ServiceTarget{});
}
