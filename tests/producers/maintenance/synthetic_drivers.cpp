#include "synthetic_drivers.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <string>
#include <utility>

namespace egarage::test {

using namespace producers::maintenance;

namespace {

constexpr int days_lived = 9 * 270 + 8 * 365;

class Life {
 public:
  explicit Life(std::mt19937& random) : random_(random) {
    const double yearly = 14'000 * std::exp(0.5 * normal());
    const double season = within(0, 0.4), phase = within(0, 2 * std::numbers::pi);
    const int change = chance(0.1) ? whole(100, 1'500) : days_lived;
    const double factor = chance(0.5) ? within(1.8, 3) : within(0.3, 0.55);
    double month = 1, km = within(10, 150'000);
    for (int day = 0; day < days_lived; ++day) {
      if (day % 30 == 0) month = std::exp(0.3 * normal());
      const double wave = 1 + season * std::sin(2 * std::numbers::pi * day / 365 + phase);
      km += yearly / 365 * wave * month * (day >= change ? factor : 1);
      km_.push_back(km);
    }
  }

  double km(int day) const { return km_.at(static_cast<std::size_t>(day)); }
  double normal() { return std::normal_distribution<>{}(random_); }
  double within(double low, double high) { return std::uniform_real_distribution<>{low, high}(random_); }
  int whole(int low, int high) { return std::uniform_int_distribution<>{low, high}(random_); }
  bool chance(double share) { return within(0, 1) < share; }

 private:
  std::mt19937& random_;
  std::vector<double> km_;
};

std::int64_t mistyped(std::int64_t amount, Life& life) {
  auto digits = std::to_string(amount);
  const auto place = static_cast<std::size_t>(life.whole(0, static_cast<int>(digits.size()) - 1));
  switch (life.whole(0, 2)) {
    case 0:
      digits.insert(place, 1, static_cast<char>('0' + life.whole(1, 9)));
      break;
    case 1:
      if (digits.size() > 1) digits.erase(place, 1);
      break;
    default:
      if (place > 0) std::swap(digits[place - 1], digits[place]);
  }
  return std::stoll(digits);
}

Driver driver(std::mt19937& random, TypingErrors errors) {
  Life life(random);
  const core::Date born = days_after(core::Date{std::chrono::year{2018} / 1 / 1}, life.whole(0, 364));
  const int visits = life.whole(3, 9);
  const int replaced_before = life.chance(0.05) ? life.whole(1, visits - 1) : 0;
  Driver result;
  int day = 0;
  double offset = 0;
  for (int visit = 0; visit < visits; ++visit) {
    if (visit > 0) day += life.whole(30, 270);
    if (visit > 0 && visit == replaced_before) offset = life.km(day) - life.within(5, 3'000);
    auto amount = std::max<std::int64_t>(1, std::llround(life.km(day) - offset));
    if (life.chance(0.04) && errors == TypingErrors::some) {
      const auto meant = std::exchange(amount, mistyped(amount, life));
      if (meant != amount) result.mistyped.push_back(result.history.size());
    }
    result.history.push_back({days_after(born, day), amount, DistanceUnit::km, "visit"});
  }
  const double target = life.km(day) + life.within(2'000, 10'000);
  result.today = days_after(born, day + life.whole(0, 60));
  result.target = Distance::from_km(target - offset);
  int reached = day;
  while (reached + 1 < days_lived && life.km(reached) < target) ++reached;
  result.reached = days_after(born, reached);
  return result;
}

}  // namespace

std::vector<Driver> synthetic_drivers(int count, unsigned seed, TypingErrors errors) {
  std::mt19937 random(seed);
  std::vector<Driver> drivers;
  for (int i = 0; i < count; ++i) drivers.push_back(driver(random, errors));
  return drivers;
}

}  // namespace egarage::test
