#include "producers/maintenance/odometer_forecast.hpp"
#include "support/catch.hpp"
#include "support/odometer_readings.hpp"

using namespace egarage;
using namespace egarage::producers::maintenance;
using test::day;
using test::readings;

namespace {

struct Case {
  const char* name;
  std::vector<OdometerReading> history;
  Distance target;
  Reach reach;
  const char* expected;  ///< empty: none
  Confidence confidence;
  const char* why;
};

constexpr auto mi = DistanceUnit::mi;
const auto today = day("2026-11-01");

const Case cases[] = {
    {"steady: 30 km a day",
     readings({{"2024-11-01", 40'000},
               {"2025-05-01", 45'430},
               {"2025-11-01", 50'950},
               {"2026-05-01", 56'380},
               {"2026-10-01", 60'970}}),
     Distance::km(65'000), Reach::ahead, "2027-02-13", Confidence::high,
     "11,000 km a year from 5 readings of 2024-11-01 … 2026-10-01"},
    {"seasonal: twice as much from October to March",
     readings({{"2024-10-01", 40'000},
               {"2025-04-01", 47'280},
               {"2025-10-01", 50'940},
               {"2026-04-01", 58'220},
               {"2026-10-01", 61'880}}),
     Distance::km(65'000), Reach::ahead, "2027-01-14", Confidence::high,
     "10,900 km a year from 5 readings of 2024-10-01 … 2026-10-01"},
    {"two owners: 15 km a day, then 50",
     readings({{"2023-10-01", 40'000},
               {"2024-04-01", 42'745},
               {"2024-10-01", 45'490},
               {"2025-04-01", 48'220},
               {"2025-10-01", 57'370},
               {"2026-04-01", 66'470},
               {"2026-10-01", 75'620}}),
     Distance::km(80'000), Reach::ahead, "2026-12-28", Confidence::high,
     "18,300 km a year from 4 readings of 2025-04-01 … 2026-10-01, used in another way since 2025-04-01 (before: 5,500 "
     "km a "
     "year)"},
    {"replaced odometer",
     readings({{"2024-11-01", 140'000},
               {"2025-05-01", 145'430},
               {"2025-11-01", 150'950},
               {"2026-03-01", 900},
               {"2026-10-01", 7'320}}),
     Distance::km(10'000), Reach::ahead, "2026-12-30", Confidence::high,
     "11,000 km a year from 5 readings of 2024-11-01 … 2026-10-01, odometer replaced by 2026-03-01 (900 km after "
     "150,950 km)"},
    {"replaced odometer, read once",
     readings({{"2025-05-01", 145'430}, {"2025-11-01", 150'950}, {"2026-06-01", 157'310}, {"2026-10-01", 3'000}}),
     Distance::km(10'000), Reach::ahead, "2027-05-23", Confidence::high,
     "11,000 km a year from 4 readings of 2025-05-01 … 2026-10-01, odometer replaced by 2026-10-01 (3,000 km after "
     "157,310 km)"},
    {"one extra digit in the middle",
     readings({{"2024-11-01", 112'000},
               {"2025-05-01", 117'430},
               {"2025-11-01", 1'232'950},
               {"2026-05-01", 128'380},
               {"2026-10-01", 132'970}}),
     Distance::km(135'000), Reach::ahead, "2026-12-08", Confidence::high,
     "11,000 km a year from 4 readings of 2024-11-01 … 2026-10-01, 1 rejected: 1,232,950 km of 2025-11-01 looks like "
     "an extra "
     "digit"},
    {"an extra digit in the newest reading of a young car",
     readings({{"2025-11-01", 500}, {"2026-02-01", 3'260}, {"2026-05-01", 5'930}, {"2026-10-01", 105'300}}),
     Distance::km(15'000), Reach::ahead, "2027-02-28", Confidence::medium,
     "11,000 km a year from 3 readings of 2025-11-01 … 2026-05-01, 1 rejected: 105,300 km of 2026-10-01 looks like an "
     "extra "
     "digit"},
    {"a missing digit in the middle",
     readings({{"2024-11-01", 112'000},
               {"2025-05-01", 117'430},
               {"2025-11-01", 12'295},
               {"2026-05-01", 128'380},
               {"2026-10-01", 132'970}}),
     Distance::km(135'000), Reach::ahead, "2026-12-08", Confidence::high,
     "11,000 km a year from 4 readings of 2024-11-01 … 2026-10-01, 1 rejected: 12,295 km of 2025-11-01 looks like a "
     "missing "
     "digit"},
    {"a missing digit in the oldest reading",
     readings({{"2025-11-01", 5'095}, {"2026-05-01", 56'380}, {"2026-10-01", 60'970}}), Distance::km(65'000),
     Reach::ahead, "2027-02-13", Confidence::low,
     "11,000 km a year from 2 readings of 2026-05-01 … 2026-10-01, 1 rejected: 5,095 km of 2025-11-01 looks like a "
     "missing "
     "digit"},
    {"swapped digits in the newest reading",
     readings({{"2024-11-01", 40'000},
               {"2025-05-01", 45'430},
               {"2025-11-01", 50'950},
               {"2026-05-01", 56'380},
               {"2026-10-01", 69'070}}),
     Distance::km(65'000), Reach::ahead, "2027-02-13", Confidence::high,
     "11,000 km a year from 4 readings of 2024-11-01 … 2026-05-01, 1 rejected: 69,070 km of 2026-10-01 looks like "
     "swapped "
     "digits"},
    {"a lower reading that nothing explains",
     readings({{"2024-11-01", 40'000},
               {"2025-05-01", 45'430},
               {"2025-11-01", 31'111},
               {"2026-05-01", 56'380},
               {"2026-10-01", 60'970}}),
     Distance::km(65'000), Reach::ahead, "2027-02-13", Confidence::high,
     "11,000 km a year from 4 readings of 2024-11-01 … 2026-10-01, 1 rejected: 31,111 km of 2025-11-01 is lower than "
     "before; a "
     "second such reading would mean a replaced odometer"},
    {"miles and kilometres mixed: 30 km a day",
     readings({{"2024-11-01", 40'000},
               {"2025-05-01", 28'229, mi},
               {"2025-11-01", 50'950},
               {"2026-05-01", 35'033, mi},
               {"2026-10-01", 60'970}}),
     Distance::km(65'000), Reach::ahead, "2027-02-13", Confidence::high,
     "11,000 km a year from 5 readings of 2024-11-01 … 2026-10-01"},
    {"two readings the same day",
     readings({{"2024-11-01", 40'000}, {"2025-11-01", 50'950}, {"2026-10-01", 60'970}, {"2026-10-01", 60'985}}),
     Distance::km(65'000), Reach::ahead, "2027-02-12", Confidence::high,
     "11,000 km a year from 4 readings of 2024-11-01 … 2026-10-01"},
    {"the same reading twice", readings({{"2025-11-01", 50'950}, {"2026-10-01", 60'970}, {"2026-10-01", 60'970}}),
     Distance::km(65'000), Reach::ahead, "2027-02-13", Confidence::medium,
     "11,000 km a year from 2 readings of 2025-11-01 … 2026-10-01"},
    {"out of order",
     readings({{"2026-10-01", 60'970},
               {"2024-11-01", 40'000},
               {"2026-05-01", 56'380},
               {"2025-11-01", 50'950},
               {"2025-05-01", 45'430}}),
     Distance::km(65'000), Reach::ahead, "2027-02-13", Confidence::high,
     "11,000 km a year from 5 readings of 2024-11-01 … 2026-10-01"},
    {"two readings a week apart", readings({{"2026-09-24", 60'000}, {"2026-10-01", 60'970}}), Distance::km(65'000),
     Reach::ahead, "2027-01-08", Confidence::low, "15,000 km a year, the usual distance: too few readings"},
    {"only one reading", readings({{"2026-10-01", 60'970}}), Distance::km(65'000), Reach::ahead, "2027-01-08",
     Confidence::low, "15,000 km a year, the usual distance: too few readings"},
    {"none",
     {},
     Distance::km(65'000),
     Reach::unknown,
     "",
     Confidence::low,
     "15,000 km a year, the usual distance: too few readings"},
    {"only readings that cannot be", readings({{"2026-12-01", 60'970}, {"2026-10-01", 0}, {"2026-10-02", -5}}),
     Distance::km(65'000), Reach::unknown, "", Confidence::low,
     "15,000 km a year, the usual distance: too few readings, 3 rejected: 0 km of 2026-10-01 is not a reading; -5 km "
     "of "
     "2026-10-02 is not a reading; 60,970 km of 2026-12-01 is dated in the future"},
    {"a reading shows it", readings({{"2025-11-01", 50'950}, {"2026-08-01", 65'000}, {"2026-10-01", 65'970}}),
     Distance::km(65'000), Reach::passed, "2026-08-01", Confidence::medium,
     "16,400 km a year from 3 readings of 2025-11-01 … 2026-10-01"},
    {"long not seen: likely passed", readings({{"2024-11-01", 40'000}, {"2025-11-01", 50'950}}), Distance::km(55'000),
     Reach::likely_passed, "2026-03-16", Confidence::medium,
     "11,000 km a year from 2 readings of 2024-11-01 … 2025-11-01"},
    {"stands still", readings({{"2025-10-01", 50'950}, {"2026-10-01", 50'950}}), Distance::km(55'000),
     Reach::not_foreseen, "", Confidence::medium, "0 km a year from 2 readings of 2025-10-01 … 2026-10-01"},
};

}  // namespace

TEST_CASE("each kind of mileage history has its date, and says why", "[mileage]") {
  for (const auto& c : cases) {
    INFO(c.name);
    const auto mileage = estimate_mileage(c.history, {}, today);
    const auto forecast = foresee(mileage, c.target, today);
    CHECK(forecast.reach == c.reach);
    CHECK((forecast.expected ? core::format_date(*forecast.expected) : "") == c.expected);
    CHECK(core::name_of(confidence_names, mileage.confidence) == core::name_of(confidence_names, c.confidence));
    CHECK(describe(mileage, DistanceUnit::km) == c.why);
  }
}

TEST_CASE("a taxi's rate is believed, and where it is new, waited for", "[mileage]") {
  const auto taxi =
      readings({{"2025-11-01", 10'000}, {"2026-02-01", 36'000}, {"2026-06-01", 71'000}, {"2026-10-01", 106'500}});
  const auto mileage = estimate_mileage(taxi, {}, today);
  CHECK(mileage.history.rejected.empty());
  CHECK(describe(mileage, DistanceUnit::km) == "105,500 km a year from 4 readings of 2025-11-01 … 2026-10-01");
}

TEST_CASE("a rate of readings of an American vehicle reads in miles", "[mileage]") {
  const auto history = readings({{"2025-10-01", 30'000, mi}, {"2026-10-01", 42'000, mi}});
  const auto mileage = estimate_mileage(history, {usual_yearly_distance("US")}, today);
  CHECK(describe(mileage, mi) == "12,000 mi a year from 2 readings of 2025-10-01 … 2026-10-01");
  CHECK(foresee(mileage, Distance::miles(45'000), today).expected == day("2027-01-01"));
}

TEST_CASE("the usual distance stands in by country", "[mileage]") {
  CHECK(usual_yearly_distance("US") == Distance::km(18'000));
  CHECK(usual_yearly_distance("CL") == Distance::km(15'000));
  CHECK(usual_yearly_distance("AR") == Distance::km(15'000));
}

TEST_CASE("earliest and latest frame the expected date", "[mileage]") {
  const auto history = readings({{"2024-10-01", 40'000},
                                 {"2025-04-01", 47'280},
                                 {"2025-10-01", 50'940},
                                 {"2026-04-01", 58'220},
                                 {"2026-10-01", 61'880}});
  const auto forecast = foresee(estimate_mileage(history, {}, today), Distance::km(65'000), today);
  CHECK(forecast.earliest < forecast.expected);
  CHECK(forecast.expected < forecast.latest);
}
