#include "template/time_distance.hpp"

#include <fmt/format.h>

#include <array>

namespace egarage::tmpl {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 6> unit_lengths{365 * 24h, 30 * 24h, 7 * 24h, 24h, 1h, 1min};

bool is_leap(int year) { return std::chrono::year(year).is_leap(); }

/// Leap years before this one.
int leap_years_before(int year) {
  const int complete = year - 1;
  return complete / 4 - complete / 100 + complete / 400;
}

int leap_days(int from, int to) {
  const int days = leap_years_before(to) - leap_years_before(from);
  if (days == 0) return 0;
  if (is_leap(from)) return days - 1;
  return is_leap(to) ? days + 1 : days;
}

}  // namespace

std::string time_distance(const ClockTime& from, const ClockTime& to, const Locale& locale) {
  auto rest = std::chrono::floor<std::chrono::seconds>(to.since_epoch - from.since_epoch) -
              leap_days(from.year, to.year) * std::chrono::seconds(24h);
  std::string text;
  int units = 0;
  for (std::size_t i = 0; i < unit_lengths.size() && units < 2 && rest > 0s; ++i) {
    const auto count = rest / unit_lengths[i];
    if (count == 0 && units == 0) continue;
    if (count == 0) break;
    text += fmt::format("{}{}\u00A0{}", units > 0 ? ", " : "", count, locale.time_units[i][count == 1 ? 0 : 1]);
    rest -= count * unit_lengths[i];
    ++units;
  }
  return units > 0 ? text : fmt::format("0\u00A0{}", locale.time_units.back()[1]);
}

}  // namespace egarage::tmpl
