#include "producers/maintenance/odometer_history.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "producers/maintenance/end_readings.hpp"
#include "producers/maintenance/reading_chain.hpp"

namespace egarage::producers::maintenance {

namespace {

constexpr std::size_t most_readings = 60;

std::optional<Implausible> impossible(const OdometerReading& reading, core::Date today) {
  if (!reading.date.ok()) return Implausible::no_such_date;
  if (days_between(today, reading.date) > 0) return Implausible::in_the_future;
  if (reading.amount <= 0) return Implausible::not_read;
  if (reading.distance() > Distance::km(3'000'000)) return Implausible::more_than_any;
  return std::nullopt;
}

auto place(const OdometerReading& reading) { return std::tuple(reading.date, reading.distance()); }

/// Where the true value of a rejected reading must lie: between the believed ones around it.
Bounds between(const OdometerReading* before, const OdometerReading* after, const OdometerReading& reading,
               double km_per_day) {
  if (before && after && before->distance() <= after->distance()) return {before->distance(), after->distance()};
  if (before) return reachable_after(*before, reading.date, km_per_day);
  if (after) return reachable_before(*after, reading.date, km_per_day);
  return {Distance{}, Distance{}};
}

std::variant<Implausible, TypingError> reason_for(const OdometerReading& reading,
                                                  std::span<const OdometerReading> believed, double km_per_day) {
  const OdometerReading *before = nullptr, *after = nullptr;
  for (const auto& other : believed) {
    if (other.date <= reading.date)
      before = &other;
    else if (!after)
      after = &other;
  }
  const auto bounds = between(before, after, reading, km_per_day);
  if (const auto error =
          typing_error(reading.amount, bounds.lowest.rounded(reading.unit), bounds.highest.rounded(reading.unit))) {
    return *error;
  }
  if (before && reading.distance() < before->distance()) return Implausible::lower_than_before;
  if (after && reading.distance() > after->distance()) return Implausible::higher_than_later;
  return reading.distance() > Distance::km(3'000'000) ? Implausible::more_than_any : Implausible::too_far_for_the_time;
}

/// The newest chain of the readings at those places, an odometer's readings in a vector each.
void take_over(std::span<const OdometerReading> readings, const std::vector<Link>& chain, OdometerHistory& history) {
  for (const auto& link : chain) {
    if (history.believed.empty() || link.starts_anew) history.believed.emplace_back();
    history.believed.back().push_back(readings[link.place]);
  }
}

}  // namespace

OdometerHistory sort_out(std::vector<OdometerReading> readings, core::Date today, double usual_km_per_day) {
  OdometerHistory history;
  std::vector<OdometerReading> doubted;
  const auto cannot_be = [&](const OdometerReading& reading) {
    const auto reason = impossible(reading, today);
    if (reason == Implausible::more_than_any)
      doubted.push_back(reading);
    else if (reason)
      history.rejected.push_back({reading, *reason});
    return reason.has_value();
  };
  readings.erase(std::remove_if(readings.begin(), readings.end(), cannot_be), readings.end());
  std::stable_sort(readings.begin(), readings.end(), [](const auto& a, const auto& b) { return place(a) < place(b); });
  const auto same = [](const auto& a, const auto& b) { return place(a) == place(b); };
  readings.erase(std::unique(readings.begin(), readings.end(), same), readings.end());
  if (readings.size() > most_readings) readings.erase(readings.begin(), readings.end() - most_readings);

  const auto chain = longest_chain(readings);
  take_over(readings, chain, history);
  std::vector<char> believed(readings.size(), 0);
  for (const auto& link : chain) believed[link.place] = 1;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (!believed[i]) doubted.push_back(readings[i]);
  }
  if (!history.believed.empty()) {
    for (auto& rejected : reject_ends(history.believed.back(), usual_km_per_day)) history.rejected.push_back(rejected);
  }
  if (!doubted.empty() && !history.believed.empty() &&
      begins_a_new_odometer(doubted.back(), history.believed.back(), usual_km_per_day)) {
    history.believed.push_back({doubted.back()});
    doubted.pop_back();
  }
  for (std::size_t i = 1; i < history.believed.size(); ++i) {
    const auto& first = history.believed[i].front();
    history.replacements.push_back({first.date, history.believed[i - 1].back(), first});
  }
  std::vector<OdometerReading> all;
  for (const auto& odometer : history.believed) all.insert(all.end(), odometer.begin(), odometer.end());
  for (const auto& reading : doubted) {
    history.rejected.push_back({reading, reason_for(reading, all, usual_km_per_day)});
  }
  std::stable_sort(history.rejected.begin(), history.rejected.end(),
                   [](const auto& a, const auto& b) { return a.reading.date < b.reading.date; });
  return history;
}

}  // namespace egarage::producers::maintenance
