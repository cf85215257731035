#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "producers/maintenance/maintenance_due.hpp"
#include "support/catch.hpp"
#include "support/odometer_readings.hpp"

using namespace egarage;
using namespace egarage::producers::maintenance;

namespace {

constexpr auto today = core::Date{std::chrono::year{2026} / 11 / 1};

/// Anything a table can hold: sensible series, digits gone wrong, extremes, dates that do not exist.
std::vector<OdometerReading> any_history(std::mt19937& random) {
  const auto whole = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>{low, high}(random);
  };
  std::vector<OdometerReading> history;
  std::int64_t km = whole(0, 300'000);
  for (auto left = whole(0, whole(0, 9) == 0 ? 90 : 9); left > 0; --left) {
    OdometerReading reading;
    reading.date = days_after(today, static_cast<int>(-whole(-30, 2'500)));
    reading.unit = whole(0, 3) == 0 ? DistanceUnit::mi : DistanceUnit::km;
    km += whole(0, 8'000);
    switch (whole(0, 12)) {
      case 0:
        reading.amount = whole(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
        break;
      case 1:
        reading.amount = km * 10 + whole(0, 9);
        break;
      case 2:
        reading.amount = km / 10;
        break;
      case 3:
        reading.amount = 0;
        break;
      case 4:
        reading.date = std::chrono::year{2026} / 2 / 30;
        [[fallthrough]];
      default:
        reading.amount = km;
    }
    history.push_back(reading);
  }
  return history;
}

}  // namespace

TEST_CASE("no history breaks the estimate, none loses a reading, and each gives finite rates", "[mileage][property]") {
  std::mt19937 random(20261127);
  for (int i = 0; i < 10'000; ++i) {
    auto history = any_history(random);
    const auto mileage = estimate_mileage(history, {}, today);
    INFO("history " << i << ": " << describe(mileage, DistanceUnit::km));
    REQUIRE(std::isfinite(mileage.km_per_day));
    REQUIRE(std::isfinite(mileage.fastest_km_per_day));
    REQUIRE(0 <= mileage.slowest_km_per_day);
    REQUIRE(mileage.slowest_km_per_day <= mileage.km_per_day);
    REQUIRE(mileage.km_per_day <= mileage.fastest_km_per_day);
    REQUIRE(mileage.km_per_day <= 2'000);
    std::size_t kept = mileage.history.rejected.size();
    for (const auto& odometer : mileage.history.believed) {
      REQUIRE_FALSE(odometer.empty());
      kept += odometer.size();
      for (std::size_t r = 1; r < odometer.size(); ++r) {
        REQUIRE(odometer[r - 1].date <= odometer[r].date);
        REQUIRE(odometer[r - 1].distance() <= odometer[r].distance());
      }
    }
    REQUIRE(kept <= history.size());
    REQUIRE((mileage.history.believed.empty()
                 ? mileage.history.replacements.empty()
                 : mileage.history.replacements.size() + 1 == mileage.history.believed.size()));
    std::shuffle(history.begin(), history.end(), random);
    REQUIRE(estimate_mileage(history, {}, today).km_per_day == mileage.km_per_day);
  }
}

TEST_CASE("more kilometres to go are never expected earlier, nor made less urgent by waiting", "[mileage][property]") {
  std::mt19937 random(42);
  for (int i = 0; i < 2'000; ++i) {
    const auto mileage = estimate_mileage(any_history(random), {}, today);
    auto day_before = core::Date{std::chrono::year{1900} / 1 / 1};
    for (std::int64_t km = -1'000; km < 400'000; km += 4'999) {
      const auto forecast = foresee(mileage, Distance::km(km), today);
      if (!forecast.expected) break;
      INFO("history " << i << ", " << km << " km: " << describe(mileage, DistanceUnit::km));
      REQUIRE(day_before <= *forecast.expected);
      REQUIRE((forecast.reach != Reach::ahead || today <= *forecast.expected));
      REQUIRE((!forecast.earliest || *forecast.earliest <= *forecast.expected));
      REQUIRE((!forecast.latest || *forecast.expected <= *forecast.latest));
      const ServiceTarget target{{}, Distance::km(km)};
      const auto now = find_due(target, mileage, {}, today, DistanceUnit::km);
      const auto later = find_due(target, mileage, {}, days_after(today, 20), DistanceUnit::mi);
      REQUIRE(now.state <= later.state);
      day_before = *forecast.expected;
    }
  }
}
