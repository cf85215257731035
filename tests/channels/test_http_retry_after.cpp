#include "channels/http/retry_after.hpp"
#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels::http;
using std::chrono::hours;
using std::chrono::seconds;

TEST_CASE("Retry-After is seconds or a date, and at most six hours") {
  const auto now = core::parse_instant("2026-11-27T10:00:00Z").value();
  struct Row {
    const char* value;
    std::optional<seconds> wait;
  };
  const Row rows[] = {
      {"1", seconds(1)},
      {"120", seconds(120)},
      {"21600", hours(6)},
      {"21601", hours(6)},
      {"99999999999999999999999999", hours(6)},
      {"0", std::nullopt},
      {"", std::nullopt},
      {"-5", std::nullopt},
      {"1.5", std::nullopt},
      {"12s", std::nullopt},
      {"soon", std::nullopt},
      {"Fri, 27 Nov 2026 10:00:30 GMT", seconds(30)},
      {"Friday, 27-Nov-26 10:01:00 GMT", seconds(60)},
      {"Fri Nov 27 10:02:00 2026", seconds(120)},
      {"Sat, 28 Nov 2026 10:00:00 GMT", hours(6)},
      {"Fri, 27 Nov 2026 10:00:00 GMT", std::nullopt},
      {"Fri, 27 Nov 2026 09:00:00 GMT", std::nullopt},
      {"Fri, 77 Nov 2026 10:00:30 GMT", std::nullopt},
      {"2026-11-27T10:05:00Z", std::nullopt},
  };
  for (const auto& row : rows) {
    CAPTURE(row.value);
    CHECK(read_retry_after(row.value, now) == row.wait);
  }
}
