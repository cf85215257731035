#include "core/time_of_day.hpp"

#include "support/catch.hpp"

using namespace egarage::core;
using namespace std::chrono_literals;

TEST_CASE("a time of day is hours and minutes, from midnight to midnight") {
  struct Row {
    const char* text;
    std::chrono::minutes time;
    const char* written;
  };
  for (const auto& row :
       {Row{"00:00", 0min, "00:00"}, Row{"08:30", 8h + 30min, "08:30"}, Row{"08:30:59", 8h + 30min, "08:30"},
        Row{"23:59", 23h + 59min, "23:59"}, Row{"24:00", 24h, "24:00"}, Row{"24:00:00", 24h, "24:00"}}) {
    INFO(row.text);
    CHECK(parse_time_of_day(row.text) == row.time);
    CHECK(format_time_of_day(row.time) == row.written);
  }
  for (const auto* text : {"", "8:30", "08:3", "0830", "08:60", "24:01", "24:00:01", "25:00", "08:30:60",
                           "08:30:", "08-30", "08:30 ", "-8:30", "08:30:00.5", "ab:cd"}) {
    INFO(text);
    CHECK_FALSE(parse_time_of_day(text));
  }
}
