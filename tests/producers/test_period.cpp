#include "producers/period.hpp"

#include "producers/month_arithmetic.hpp"
#include "support/catch.hpp"

using namespace egarage;
using producers::add_months;
using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

TEST_CASE("the days before a range are exactly those that lead into it") {
  using namespace std::chrono;
  for (sys_days today = 2023y / December / 1; today < sys_days{2025y / April / 1}; today += days{1}) {
    for (const int count : {1, 6, 12, 24}) {
      for (const int length : {0, 1, 30}) {
        const core::Date first{today - days{length}}, last{today};
        const auto range = producers::days_before(first, last, months{count});
        const auto leads_in = [&](sys_days day) {
          const auto moved = add_months(core::Date{day}, months{count});
          return moved >= first && moved <= last;
        };
        bool exact = !leads_in(sys_days{range.first} - days{1}) && !leads_in(sys_days{range.last} + days{1});
        for (auto day = sys_days{range.first}; day <= sys_days{range.last}; day += days{1}) exact &= leads_in(day);
        INFO(core::format_date(last) << " " << count << " " << length);
        CHECK(exact);
      }
    }
  }
}

TEST_CASE("whole months are those that are over") {
  struct Row {
    std::string_view from, to;
    int whole;
  };
  const std::vector<Row> rows{{"2025-11-20", "2026-11-19", 11}, {"2025-11-20", "2026-11-20", 12},
                              {"2024-02-29", "2025-02-28", 12}, {"2025-01-31", "2025-02-27", 0},
                              {"2025-01-31", "2025-02-28", 1},  {"2025-11-20", "2025-11-20", 0},
                              {"2025-11-20", "2025-01-01", 0}};
  for (const auto& [from, to, whole] : rows) {
    INFO(from << " " << to);
    CHECK(producers::whole_months(*core::parse_date(from), *core::parse_date(to)) == months{whole});
  }
}
