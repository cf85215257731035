#include "core/instant.hpp"

#include "support/catch.hpp"

using namespace egarage::core;

TEST_CASE("instants are read with zone, offset and the host's blank-separated form") {
  const auto expected = Instant{std::chrono::seconds{1784753403}};
  CHECK(parse_instant("2026-07-22T20:50:03Z") == expected);
  CHECK(parse_instant("2026-07-22 20:50:03.834000") == expected);
  CHECK(parse_instant("2026-07-22T16:50:03-04:00") == expected);
  CHECK(parse_instant("2026-07-22T16:50:03-0400") == expected);
  CHECK(format_instant(expected) == "2026-07-22T20:50:03Z");
}

TEST_CASE("what is not an instant is refused") {
  for (const auto* text : {"", "2026", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-07-22T24:00:00Z",
                           "2026-07-22T20:50:03Zx", "2026-07-22T20:50:03+1", "1969-12-31T00:00:00Z", "2026-07-22",
                           "-026-07-22T20:50:03Z", "2026-07-22T20:50:03."}) {
    INFO(text);
    CHECK_FALSE(parse_instant(text).has_value());
  }
}

TEST_CASE("durations have one unit and are positive") {
  CHECK(parse_duration("90s") == std::chrono::seconds{90});
  CHECK(parse_duration("7d") == std::chrono::days{7});
  for (const auto* text : {"", "7", "d", "-1d", "0h", "7 d", "7dd", "99999999999d"}) {
    INFO(text);
    CHECK_FALSE(parse_duration(text).has_value());
  }
}
