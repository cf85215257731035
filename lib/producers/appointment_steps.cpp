#include "producers/appointment_steps.hpp"

#include <algorithm>
#include <functional>

#include "producers/local_day.hpp"

namespace egarage::producers {

namespace {

using std::chrono::days;

/// Longer than any row of closed days.
constexpr int most_closed_days = 10;

/// When the step of that day can be read.
core::Instant moment_on(core::Date day, core::Date held, std::chrono::minutes hour, const core::Company& company,
                        const core::TimeZone& zone) {
  const auto wanted = at_hour(day, hour, zone);
  const auto later = next_opening(company, core::Event::revision_vehiculo, zone, wanted);
  if (day_at(later, zone) < held || day >= held) return later;
  for (int back = 1; back <= most_closed_days; ++back) {
    const core::Date earlier = std::chrono::sys_days{day} - days{back};
    const auto opening = next_opening(company, core::Event::revision_vehiculo, zone, at_hour(earlier, hour, zone));
    if (day_at(opening, zone) == earlier) return opening;
  }
  return later;
}

}  // namespace

core::Instant at_hour(core::Date day, std::chrono::minutes hour, const core::TimeZone& zone) {
  return zone.to_instant(core::LocalTime{std::chrono::local_days{day}} + hour);
}

std::optional<AppointmentStep> appointment_step(const store::Appointment& appointment, const core::Company& company,
                                                const core::TimeZone& zone, std::vector<days> before,
                                                std::chrono::minutes hour, core::Instant now) {
  const auto held = appointment.date;
  const auto begins = at_hour(held, appointment.time.value_or(hour), zone);
  std::ranges::sort(before, std::greater{});
  const auto at = next_opening(company, core::Event::revision_vehiculo, zone, now);
  std::optional<AppointmentStep> step;
  for (const auto offset : before) {
    const auto moment = moment_on(std::chrono::sys_days{held} - offset, held, hour, company, zone);
    if (day_at(moment, zone) > day_at(at, zone)) {
      if (step) step->until = std::min(step->until, moment);
      break;
    }
    step = AppointmentStep{-offset, std::max(at, moment), begins};
  }
  if (step && step->due >= step->until) return std::nullopt;
  return step;
}

}  // namespace egarage::producers
