#include "producers/maintenance/inspection_calendar.hpp"

#include "support/catch.hpp"
#include "support/odometer_readings.hpp"

using namespace egarage::producers::maintenance;
using egarage::store::InspectionMonth;
using egarage::test::day;

namespace {

const std::vector<InspectionMonth> months{{"AR", 9, std::chrono::March},
                                          {"CL", 0, std::chrono::February},
                                          {"CL", 1, std::chrono::April},
                                          {"CL", 8, std::chrono::November},
                                          {"CL", 9, std::chrono::January}};

}  // namespace

TEST_CASE("a plate's window is the month of its digit, this year's or next", "[inspection]") {
  struct Row {
    const char *plate, *today, *first, *last;
  };
  const InspectionCalendar calendar(months, "CL");
  for (const auto& row : {Row{"BBCL49", "2026-01-31", "2026-01-01", "2026-01-31"},
                          Row{"BBCL49", "2026-02-01", "2027-01-01", "2027-01-31"},
                          Row{"bb-cl-49-3", "2026-02-01", "2027-01-01", "2027-01-31"},
                          Row{"BBCL40", "2027-11-30", "2028-02-01", "2028-02-29"},
                          Row{"BBCL41", "2026-03-15", "2026-04-01", "2026-04-30"},
                          Row{"BBCL48", "2026-11-01", "2026-11-01", "2026-11-30"},
                          Row{"BBCL48", "2026-12-01", "2027-11-01", "2027-11-30"}}) {
    INFO(row.plate << " on " << row.today);
    CHECK(calendar.next_window(row.plate, day(row.today)) == InspectionWindow{day(row.first), day(row.last)});
  }
}

TEST_CASE("no window without a digit, without a month for it, and where a country inspects otherwise", "[inspection]") {
  const InspectionCalendar chile(months, "CL");
  CHECK_FALSE(chile.next_window("?", day("2026-01-01")));
  CHECK_FALSE(chile.next_window("AB123CD", day("2026-01-01")));  // Argentina's
  CHECK_FALSE(chile.month_of(5));
  CHECK_FALSE(chile.next_window("BBCL45", day("2026-01-01")));
  CHECK_FALSE(InspectionCalendar(months, "US").next_window("BBCL49", day("2026-01-01")));
}
