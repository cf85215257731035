#include "producers/maintenance/inspection_calendar.hpp"

#include "support/catch.hpp"
#include "support/odometer_readings.hpp"

using namespace egarage::producers::maintenance;
using egarage::test::day;

TEST_CASE("the last digit of a plate is found in every way of writing it", "[inspection]") {
  struct Row {
    const char* plate;
    std::optional<int> digit;
  };
  for (const auto& row : {Row{"BB-CL-45", 5},
                          Row{"BBCL45", 5},
                          Row{"bb cl 40", 0},
                          Row{"BB·CL", std::nullopt},
                          Row{"AB 1234", 4},
                          Row{"AB-12-39", 9},
                          Row{"BBBBB-7", 7},
                          Row{"ABC-12", 2},
                          Row{"ABC012", 2},
                          Row{"AB-123", 3},
                          Row{"BBBB-0", 0},
                          Row{"BBCL45-K", 5},
                          Row{"BBCL45-3", 5},
                          Row{"BB-CL-45-3", 5},
                          Row{" BBCL45 ", 5},
                          Row{"", std::nullopt},
                          Row{"-", std::nullopt},
                          Row{"BBCL", std::nullopt},
                          Row{"1234", std::nullopt},
                          Row{"12ABCD", std::nullopt},
                          Row{"BBCL453", std::nullopt},
                          Row{"BB4L45", std::nullopt}}) {
    INFO(row.plate);
    CHECK(last_plate_digit(row.plate) == row.digit);
  }
}

TEST_CASE("a plate's window is the month of its digit, this year's or next", "[inspection]") {
  struct Row {
    const char *plate, *today, *first, *last;
  };
  const auto& calendar = InspectionCalendar::chile();
  for (const auto& row : {Row{"BBCL49", "2026-01-31", "2026-01-01", "2026-01-31"},
                          Row{"BBCL49", "2026-02-01", "2027-01-01", "2027-01-31"},
                          Row{"BBCL40", "2027-11-30", "2028-02-01", "2028-02-29"},
                          Row{"BBCL41", "2026-03-15", "2026-04-01", "2026-04-30"},
                          Row{"BBCL48", "2026-11-01", "2026-11-01", "2026-11-30"},
                          Row{"BBCL48", "2026-12-01", "2027-11-01", "2027-11-30"}}) {
    INFO(row.plate << " on " << row.today);
    CHECK(calendar.next_window(row.plate, day(row.today)) == InspectionWindow{day(row.first), day(row.last)});
  }
  CHECK_FALSE(calendar.next_window("?", day("2026-01-01")));
}

TEST_CASE("Chile's months are 9 0 - 1 2 3 4 5 6 7 8 -", "[inspection]") {
  const unsigned months[] = {2, 4, 5, 6, 7, 8, 9, 10, 11, 1};
  for (int digit = 0; digit < 10; ++digit) {
    CHECK(static_cast<unsigned>(InspectionCalendar::chile().month_of(digit)) == months[digit]);
  }
}

TEST_CASE("a table that is not whole names its line", "[inspection]") {
  const std::string whole = "# months\r\ndigit,month\r\n0,1\n1,1\n2,1\n3,1\n4,1\n5,1\n6,1\n7,1\n8,1\n9,12";
  CHECK(std::holds_alternative<InspectionCalendar>(InspectionCalendar::parse(whole)));
  struct Row {
    const char *csv, *sentence;
  };
  for (const auto& row : {Row{"", "digit 0 has no month"}, Row{"0,1", "line 1: the heading is not `digit,month`"},
                          Row{"digit,month\n10,1", "line 2: the digit is not 0 to 9"},
                          Row{"digit,month\n0", "line 2: the month is not 1 to 12"},
                          Row{"digit,month\n0,13", "line 2: the month is not 1 to 12"},
                          Row{"digit,month\n0,1x", "line 2: the month is not 1 to 12"},
                          Row{"digit,month\n0,1\n\n0,2", "line 4: digit 0 comes twice"}}) {
    INFO(row.csv);
    CHECK(std::get<std::string>(InspectionCalendar::parse(row.csv)) == row.sentence);
  }
}
