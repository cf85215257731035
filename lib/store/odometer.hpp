#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Who read an odometer.
enum class ReadingSource {
  workshop,
  customer,
  inspection,
  device,
  document,  ///< stands on a document of the vehicle; never a row of its own
};
inline constexpr core::EnumNames<ReadingSource, 5> reading_source_names{{{ReadingSource::workshop, "workshop"},
                                                                         {ReadingSource::customer, "customer"},
                                                                         {ReadingSource::inspection, "inspection"},
                                                                         {ReadingSource::device, "device"},
                                                                         {ReadingSource::document, "document"}}};

/// What an odometer said on a day, in the vehicle's unit.
struct OdometerReading {
  core::Date date;
  std::int64_t value = 0;
  ReadingSource source = ReadingSource::workshop;
  bool operator==(const OdometerReading&) const = default;
};

inline constexpr std::int64_t highest_odometer = 100'000'000;

/// The odometer readings of vehicles: one per day and source, as they came, right or wrong.
class Odometer {
 public:
  explicit Odometer(Database& database) : database_(database) {}

  /// Records the reading, or corrects that of the same day and source. Those of documents are recorded with them.
  Upsert upsert(CompanyId company, std::string_view vehicle, const OdometerReading& reading, core::Instant now);
  /// All of one vehicle by day, those of its documents among them.
  std::vector<OdometerReading> of_vehicle(CompanyId company, std::string_view vehicle) const;

  struct Place {
    std::string vehicle;
    OdometerReading reading;
  };
  /// Without those of documents, by vehicle, day and source; behind `after` when given, at most `count`.
  std::vector<Place> list(CompanyId company, const std::optional<Place>& after, std::size_t count) const;

 private:
  Database& database_;
};

}  // namespace egarage::store
