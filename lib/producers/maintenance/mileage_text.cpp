#include <fmt/format.h>

#include "core/thousands.hpp"
#include "producers/maintenance/mileage_estimate.hpp"

namespace egarage::producers::maintenance {

namespace {

std::string yearly(double km_per_day, DistanceUnit unit) {
  // Three digits say all that a rate knows.
  auto amount = Distance::from_km(km_per_day * days_per_year).rounded(unit);
  if (amount >= 1'000) amount = (amount + 50) / 100 * 100;
  return fmt::format("{} {} a year", core::with_thousands(amount), core::name_of(core::distance_unit_names, unit));
}

std::string why_rejected(const RejectedReading& rejected) {
  const auto typed = fmt::format("{} {}", core::with_thousands(rejected.reading.amount),
                                 core::name_of(core::distance_unit_names, rejected.reading.unit));
  if (const auto* error = std::get_if<TypingError>(&rejected.reason)) {
    return fmt::format("{} of {} looks like {}", typed, core::format_date(rejected.reading.date),
                       core::name_of(typing_error_names, *error));
  }
  const auto reason = std::get<Implausible>(rejected.reason);
  const auto because = core::name_of(implausible_names, reason);
  if (reason == Implausible::no_such_date) return fmt::format("{} {}", typed, because);
  return fmt::format("{} of {} {}", typed, core::format_date(rejected.reading.date), because);
}

std::string basis_text(const MileageEstimate& estimate, DistanceUnit unit) {
  if (estimate.source == RateSource::country_default) {
    return fmt::format("{}, the usual distance: too few readings", yearly(estimate.km_per_day, unit));
  }
  return fmt::format("{} from {} readings of {} … {}", yearly(estimate.km_per_day, unit), estimate.readings,
                     core::format_date(*estimate.first_reading), core::format_date(*estimate.last_reading));
}

}  // namespace

std::string describe(const MileageEstimate& estimate, DistanceUnit unit) {
  auto text = basis_text(estimate, unit);
  if (estimate.change) {
    text += fmt::format(", used in another way since {} (before: {})", core::format_date(estimate.change->since),
                        yearly(estimate.change->km_per_day_before, unit));
  }
  for (const auto& replacement : estimate.history.replacements) {
    text += fmt::format(", odometer replaced by {} ({} after {})", core::format_date(replacement.since),
                        format_distance(replacement.first.distance(), unit),
                        format_distance(replacement.last.distance(), unit));
  }
  const auto& rejected = estimate.history.rejected;
  if (rejected.empty()) return text;
  text += fmt::format(", {} rejected: ", rejected.size());
  for (std::size_t i = 0; i < rejected.size(); ++i) text += (i == 0 ? "" : "; ") + why_rejected(rejected[i]);
  return text;
}

std::string describe(const RejectedReading& rejected) { return why_rejected(rejected); }

}  // namespace egarage::producers::maintenance
