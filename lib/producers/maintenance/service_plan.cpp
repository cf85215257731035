#include "producers/maintenance/service_plan.hpp"

#include <algorithm>

#include "producers/maintenance/odometer_forecast.hpp"
#include "producers/month_arithmetic.hpp"

namespace egarage::producers::maintenance {

namespace {

using std::chrono::months;

bool is_rejected(const Service& service, const MileageEstimate& mileage) {
  const auto& rejected = mileage.history.rejected;
  return std::any_of(rejected.begin(), rejected.end(), [&](const RejectedReading& other) {
    return other.reading.date == service.date && other.reading.distance() == service.odometer;
  });
}

/// On the present odometer.
std::optional<Distance> odometer_of(const Service& service, const MileageEstimate& mileage) {
  if (service.odometer && !is_rejected(service, mileage))
    return on_present_odometer(mileage, *service.odometer, service.date);
  return odometer_on(mileage, service.date);
}

/// The day a quarter of an interval later.
core::Date a_quarter_later(core::Date date, months interval) {
  return days_after(add_months(date, months{interval.count() / 4}), static_cast<int>(interval.count() % 4 * 30 / 4));
}

core::Date next_date(const ServicePlan& plan, const std::optional<Service>& last, months interval) {
  if (plan.anchoring == Anchoring::floating) return add_months(last.value_or(plan.start).date, interval);
  const auto start = plan.start.date;
  if (!last || last->date <= start) return add_months(start, interval);
  const auto covered = a_quarter_later(last->date, interval);
  const auto passed = (covered.year() / covered.month()) - (start.year() / start.month());
  // One less than the months passed allow, as the day of the month is not looked at.
  auto times = std::max<std::int64_t>(1, passed.count() / interval.count());
  while (add_months(start, interval * times) <= covered) ++times;
  return add_months(start, interval * times);
}

std::optional<Distance> next_odometer(const ServicePlan& plan, const std::optional<Service>& last, Distance interval,
                                      const MileageEstimate& mileage) {
  const auto from = odometer_of(last.value_or(plan.start), mileage);
  if (!from) return std::nullopt;
  if (plan.anchoring == Anchoring::floating || !last) return *from + interval;
  const auto start = odometer_of(plan.start, mileage);
  if (!start) return std::nullopt;
  const auto covered = *from + interval / 4 - *start;
  const auto times = covered < Distance{} ? 1 : covered / interval + 1;
  return *start + interval * times;
}

/// The way from `from` to `to`, as far as `day` divides the time between them.
Distance on_the_line(const OdometerReading& from, const OdometerReading& to, core::Date day) {
  const double share = static_cast<double>(days_between(from.date, day)) / days_between(from.date, to.date);
  return from.distance() + Distance::from_km((to.distance() - from.distance()).in_km() * share);
}

}  // namespace

std::optional<Distance> odometer_on(const MileageEstimate& mileage, core::Date day) {
  const OdometerReading* before = nullptr;
  for (const auto& odometer : mileage.history.believed) {
    for (const auto& reading : odometer) {
      if (reading.date <= day) {
        before = &reading;
        continue;
      }
      const auto ahead = Distance::from_km(mileage.km_per_day * days_between(day, reading.date));
      const bool same_odometer = before && before >= odometer.data() && before < odometer.data() + odometer.size();
      if (same_odometer) return on_present_odometer(mileage, on_the_line(*before, reading, day), day);
      if (before) break;
      return on_present_odometer(mileage, reading.distance() - ahead, reading.date);
    }
  }
  if (!before) return std::nullopt;
  const auto since = Distance::from_km(mileage.km_per_day * days_between(before->date, day));
  return on_present_odometer(mileage, before->distance() + since, before->date);
}

ServiceTarget next_target(const ServicePlan& plan, const std::optional<Service>& last, const MileageEstimate& mileage) {
  ServiceTarget target;
  if (const auto interval = plan.interval.months; interval && *interval > months{0}) {
    target.date = next_date(plan, last, *interval);
  }
  if (const auto interval = plan.interval.distance; interval && *interval > Distance{}) {
    target.odometer = next_odometer(plan, last, *interval, mileage);
  }
  return target;
}

}  // namespace egarage::producers::maintenance
