#include "producers/maintenance/distance.hpp"

#include <limits>

#include "producers/maintenance/typing_error.hpp"
#include "producers/month_arithmetic.hpp"
#include "support/catch.hpp"
#include "support/odometer_readings.hpp"

using namespace egarage::producers::maintenance;
using egarage::producers::add_months;
using egarage::test::day;

TEST_CASE("kilometres and miles are exact", "[distance]") {
  CHECK(Distance::miles(1) == Distance::from_km(1.609344));
  CHECK(Distance::miles(1'000'000) == Distance::km(1'609'344));
  CHECK(Distance::miles(76'543).rounded(DistanceUnit::mi) == 76'543);
  CHECK(Distance::km(16'093).rounded(DistanceUnit::mi) == 10'000);
  CHECK(format_distance(Distance::km(1'234'560), DistanceUnit::km) == "1,234,560 km");
  CHECK(format_distance(Distance::km(-16'093), DistanceUnit::mi) == "-10,000 mi");
}

TEST_CASE("a distance that no vehicle drives is bounded", "[distance]") {
  const auto most = Distance::km(std::numeric_limits<std::int64_t>::max());
  CHECK(most == Distance::km(1'000'000'000));
  CHECK((Distance::km(std::numeric_limits<std::int64_t>::min()) - most).in_km() == -2e9);
}

TEST_CASE("months end where the shorter month ends", "[months]") {
  struct Row {
    const char* date;
    int months;
    const char* expected;
  };
  for (const auto& row :
       {Row{"2026-01-31", 1, "2026-02-28"}, Row{"2028-01-31", 1, "2028-02-29"}, Row{"2026-01-31", 2, "2026-03-31"},
        Row{"2026-08-31", 1, "2026-09-30"}, Row{"2028-02-29", 12, "2029-02-28"}, Row{"2028-02-29", 48, "2032-02-29"},
        Row{"2026-02-28", 1, "2026-03-28"}, Row{"2026-12-15", 6, "2027-06-15"}, Row{"2026-03-31", -1, "2026-02-28"}}) {
    INFO(row.date << " + " << row.months);
    CHECK(add_months(day(row.date), std::chrono::months{row.months}) == day(row.expected));
  }
}

TEST_CASE("typing errors are found by what was meant", "[typing]") {
  struct Row {
    std::int64_t typed, lowest, highest;
    std::optional<TypingError> error;
  };
  for (const auto& row :
       {Row{1'234'560, 120'000, 130'000, TypingError::extra_digit},
        Row{12'345, 120'000, 130'000, TypingError::missing_digit},
        Row{132'456, 120'000, 130'000, TypingError::swapped_digits}, Row{123'456, 120'000, 130'000, std::nullopt},
        Row{777'777, 120'000, 130'000, std::nullopt}, Row{5, 50, 60, TypingError::missing_digit},
        Row{-5, 50, 60, std::nullopt}, Row{std::numeric_limits<std::int64_t>::max(), 1, 9, std::nullopt}}) {
    INFO(row.typed);
    CHECK(typing_error(row.typed, row.lowest, row.highest) == row.error);
  }
}
