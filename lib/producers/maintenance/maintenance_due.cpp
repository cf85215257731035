#include "producers/maintenance/maintenance_due.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace egarage::producers::maintenance {

namespace {

/// What one half of a target says.
struct Half {
  DueState state = DueState::planned;
  std::optional<core::Date> on;
  std::string why;
};

DueState state_of(core::Date date, std::chrono::days before, core::Date today) {
  const int days = days_between(today, date);
  if (days < 0) return DueState::overdue;
  if (days == 0) return DueState::due;
  return days <= before.count() ? DueState::due_soon : DueState::planned;
}

std::string days_away(int days) {
  if (days == 0) return "today";
  const auto count = fmt::format("{} day{}", std::abs(days), std::abs(days) == 1 ? "" : "s");
  return days > 0 ? "in " + count : count + " ago";
}

Half by_date(core::Date date, const DueThresholds& thresholds, core::Date today) {
  const auto state = state_of(date, thresholds.before, today);
  return {state, date,
          fmt::format("by date {}: {} ({})", core::name_of(due_state_names, state), core::format_date(date),
                      days_away(days_between(today, date)))};
}

DueState state_of(const OdometerForecast& forecast, Distance target, const MileageEstimate& mileage,
                  const DueThresholds& thresholds, core::Date today) {
  switch (forecast.reach) {
    case Reach::passed:
      return mileage.latest->distance() > target ? DueState::overdue : DueState::due;
    case Reach::likely_passed:
      return forecast.latest && *forecast.latest < today ? DueState::overdue : DueState::due;
    case Reach::ahead:
      if (*forecast.expected == today) return DueState::due;
      if (days_between(today, *forecast.expected) <= thresholds.before.count()) return DueState::due_soon;
      [[fallthrough]];
    case Reach::not_foreseen:
      return target - *expected_odometer(mileage, today) <= thresholds.distance_before ? DueState::due_soon
                                                                                       : DueState::planned;
    case Reach::unknown:
      break;
  }
  return DueState::planned;
}

std::string forecast_text(const OdometerForecast& forecast, core::Date today) {
  switch (forecast.reach) {
    case Reach::unknown:
      return "no odometer reading to start from";
    case Reach::not_foreseen:
      return "not within 20 years at this rate";
    case Reach::passed:
      return fmt::format("shown by the reading of {}", core::format_date(*forecast.expected));
    case Reach::ahead:
    case Reach::likely_passed:
      break;
  }
  return fmt::format("expected {} ({}), between {} and {}", core::format_date(*forecast.expected),
                     days_away(days_between(today, *forecast.expected)), core::format_date(*forecast.earliest),
                     forecast.latest ? core::format_date(*forecast.latest) : "never");
}

Half by_odometer(const OdometerForecast& forecast, Distance target, const MileageEstimate& mileage,
                 const DueThresholds& thresholds, core::Date today, DistanceUnit unit) {
  const auto state = state_of(forecast, target, mileage, thresholds, today);
  auto why = fmt::format("by odometer {}: {}, {}", core::name_of(due_state_names, state), format_distance(target, unit),
                         forecast_text(forecast, today));
  if (mileage.latest) {
    why += fmt::format("; last read {} on {}", format_distance(mileage.latest->distance(), unit),
                       core::format_date(mileage.latest->date));
  }
  return {state, forecast.expected, std::move(why)};
}

/// Which half comes first; of one without a day, the other.
DueBy first_of(const Half* date, const Half* odometer) {
  const bool has_date = date && date->on, has_odometer = odometer && odometer->on;
  if (has_date && has_odometer) {
    if (*date->on == *odometer->on) return DueBy::both;
    return *date->on < *odometer->on ? DueBy::date : DueBy::odometer;
  }
  if (has_date) return DueBy::date;
  return has_odometer ? DueBy::odometer : DueBy::nothing;
}

}  // namespace

MaintenanceDue find_due(const ServiceTarget& target, const MileageEstimate& mileage, const DueThresholds& thresholds,
                        core::Date today, DistanceUnit unit) {
  MaintenanceDue due;
  std::optional<Half> date, odometer;
  if (target.date) date = by_date(*target.date, thresholds, today);
  if (target.odometer) {
    due.odometer = foresee(mileage, *target.odometer, today);
    odometer = by_odometer(*due.odometer, *target.odometer, mileage, thresholds, today, unit);
  }
  due.by = first_of(date ? &*date : nullptr, odometer ? &*odometer : nullptr);
  if (due.by != DueBy::nothing) due.due_on = due.by == DueBy::odometer ? odometer->on : date->on;
  for (const auto* half : {&date, &odometer}) {
    if (!*half) continue;
    due.state = std::max(due.state, (*half)->state);
    due.why.push_back((*half)->why);
  }
  if (date && odometer && (odometer->state > date->state || due.by == DueBy::odometer)) {
    std::swap(due.why[0], due.why[1]);
  }
  if (odometer) {
    due.why.push_back(fmt::format("{} ({} confidence)", describe(mileage, unit),
                                  core::name_of(confidence_names, mileage.confidence)));
  }
  if (!date && !odometer) due.why.emplace_back("neither a date nor an odometer reading to wait for");
  return due;
}

}  // namespace egarage::producers::maintenance
