#include "core/money.hpp"
#include "host/mapping.hpp"
#include "store/odometer.hpp"

namespace egarage::host {
namespace {

/// Half away from zero, as tills round.
std::int64_t divided(std::int64_t amount, std::int64_t by) {
  return (amount >= 0 ? amount + by / 2 : amount - by / 2) / by;
}

constexpr std::int64_t most_hundredths = 100'000'000'000'000;  // what lies above is a typing error

/// The lines' sum; in Chile, where the document says so, with 19 % IVA (Decreto Ley 825, art. 14).
std::optional<core::Money> total_of(const DocumentRow& row, const core::Company& company, Notes& notes) {
  if (!row.hundredths) return std::nullopt;
  if (*row.hundredths > most_hundredths || *row.hundredths < -most_hundredths) {
    ++notes["total left out: beyond a million millions"];
    return std::nullopt;
  }
  const std::int64_t per_cent = row.with_tax && company.country == "CL" ? 119 : 100;
  const std::int64_t ten_thousandths = *row.hundredths * per_cent;
  const bool has_decimals = core::minor_digits(company.currency) > 0;
  return core::Money{divided(ten_thousandths, has_decimals ? 100 : 10'000), company.currency};
}

}  // namespace

std::variant<store::Document, Refusal> document_of(const DocumentRow& row, const store::Document* known,
                                                   const core::Company& company, const core::TimeZone& zone,
                                                   Notes& notes) {
  if (!row.customer) return Refusal{"it has no customer"};
  if (row.type.empty()) return Refusal{"it has no type"};
  if (row.date.empty()) return Refusal{"it has no date"};
  const auto date = local_day(row.date, zone);
  if (!date) return Refusal{"its date is none"};
  auto document = known ? *known : store::Document{};
  document.key = std::to_string(row.id);
  document.customer = std::to_string(*row.customer);
  document.vehicle.reset();
  if (row.vehicle) document.vehicle = std::to_string(*row.vehicle);
  document.type = row.type;
  document.number = row.number;
  document.date = *date;
  document.total = total_of(row, company, notes);
  document.odometer.reset();
  // The host's forms write 0 where nobody has looked.
  if (row.odometer && *row.odometer != 0 && document.vehicle) {
    if (*row.odometer > 0 && *row.odometer <= store::highest_odometer)
      document.odometer = row.odometer;
    else
      ++notes["mileage left out: no odometer shows it"];
  }
  if (!document.vehicle) document.covers.clear();
  return document;
}

}  // namespace egarage::host
