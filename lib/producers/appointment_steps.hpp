#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/company.hpp"
#include "core/time_zone.hpp"
#include "store/appointments.hpp"

namespace egarage::producers {

/// A message about an appointment that can be made now.
struct AppointmentStep {
  std::chrono::days offset{};  ///< negative: so many days before
  core::Instant due;           ///< at `now` or later, within the company's hours
  core::Instant until;         ///< from then on it makes no sense any more
};

/// That time of the day there; the first instant after it where it does not exist.
core::Instant at_hour(core::Date day, std::chrono::minutes hour, const core::TimeZone& zone);

/// The latest step whose day has come at `now`, where it can still be read in time: before the next step's moment, and
/// before the appointment begins. `before` in days, `hour` on the company's clock (inspections.hpp).
std::optional<AppointmentStep> appointment_step(const store::Appointment& appointment, const core::Company& company,
                                                const core::TimeZone& zone, std::vector<std::chrono::days> before,
                                                std::chrono::minutes hour, core::Instant now);

}  // namespace egarage::producers
