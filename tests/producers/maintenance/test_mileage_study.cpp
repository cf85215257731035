#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "producers/maintenance/odometer_forecast.hpp"
#include "support/catch.hpp"
#include "synthetic_drivers.hpp"

using namespace egarage;
using namespace egarage::producers::maintenance;

namespace {

/// A prediction may not be wrong by more, or none at all: otherwise a single one would decide a mean.
constexpr int worst_days = 730;

int error_days(std::optional<core::Date> predicted, core::Date reached) {
  return predicted ? std::min(worst_days, std::abs(days_between(*predicted, reached))) : worst_days;
}

/// The rate between the last two readings; the usual one where that is not above zero.
std::optional<core::Date> last_two_readings(const test::Driver& driver) {
  const auto& last = driver.history.back();
  const auto& before = driver.history[driver.history.size() - 2];
  double km_per_day = (last.distance() - before.distance()).in_km() / days_between(before.date, last.date);
  if (km_per_day <= 0) km_per_day = usual_yearly_distance("CL").in_km() / 365;
  const double days = (driver.target - last.distance()).in_km() / km_per_day;
  if (std::abs(days) > 10'000) return std::nullopt;
  return days_after(last.date, static_cast<int>(std::max(0.0, days)));
}

struct Study {
  double ours = 0, naive = 0;  ///< mean error in days
  double our_median = 0, naive_median = 0;
  double framed = 0;   ///< share of the true dates between earliest and latest
  double found = 0;    ///< share of the mistyped readings that are rejected
  double wronged = 0;  ///< share of the right ones that are
};

double mean(const std::vector<int>& values) {
  double sum = 0;
  for (const int value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double median(std::vector<int> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Study study(test::TypingErrors typing) {
  std::vector<int> ours, naive;
  double framed = 0, mistyped = 0, found = 0, right = 0, wronged = 0;
  for (const auto& driver : test::synthetic_drivers(2'000, 20261127, typing)) {
    const auto mileage = estimate_mileage(driver.history, {}, driver.today);
    const auto forecast = foresee(mileage, driver.target, driver.today);
    ours.push_back(error_days(forecast.expected, driver.reached));
    naive.push_back(error_days(last_two_readings(driver), driver.reached));
    framed += forecast.earliest && *forecast.earliest <= driver.reached &&
              (!forecast.latest || driver.reached <= *forecast.latest);
    for (std::size_t i = 0; i < driver.history.size(); ++i) {
      const auto& rejected = mileage.history.rejected;
      const bool is_rejected = std::any_of(rejected.begin(), rejected.end(),
                                           [&](const auto& other) { return other.reading == driver.history[i]; });
      const bool is_mistyped = std::find(driver.mistyped.begin(), driver.mistyped.end(), i) != driver.mistyped.end();
      (is_mistyped ? mistyped : right) += 1;
      (is_mistyped ? found : wronged) += is_rejected;
    }
  }
  const auto drivers = static_cast<double>(ours.size());
  return {mean(ours),     mean(naive), median(ours), median(naive), framed / drivers, found / std::max(1.0, mistyped),
          wronged / right};
}

void print(const char* title, const Study& result) {
  std::cout << fmt::format(
      "{}: mean error {:.1f} days, naive {:.1f} (x {:.2f}); median {:.0f}, naive {:.0f}; {:.0f} % of the true dates "
      "between earliest and latest; {:.0f} % of mistyped readings rejected, {:.2f} % of right ones\n",
      title, result.ours, result.naive, result.ours / result.naive, result.our_median, result.naive_median,
      100 * result.framed, 100 * result.found, 100 * result.wronged);
}

}  // namespace

TEST_CASE("synthetic drivers: the prediction is clearly better than the last two readings", "[mileage][study]") {
  const auto result = study(test::TypingErrors::some);
  print("2,000 drivers", result);
  CHECK(result.ours <= 0.7 * result.naive);
  CHECK(result.our_median <= 0.8 * result.naive_median);
  CHECK(result.framed >= 0.75);
  CHECK(result.found >= 0.7);
  CHECK(result.wronged <= 0.01);
}

TEST_CASE("synthetic drivers without typing errors: better even then", "[mileage][study]") {
  const auto result = study(test::TypingErrors::none);
  print("2,000 drivers, no typing errors", result);
  CHECK(result.ours <= 0.85 * result.naive);
  CHECK(result.wronged <= 0.01);
}
