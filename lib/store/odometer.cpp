#include "store/odometer.hpp"

#include "store/upsert.hpp"

namespace egarage::store {

Upsert Odometer::upsert(CompanyId company, std::string_view vehicle, const OdometerReading& reading,
                        core::Instant now) {
  return store::upsert(database_,
                       "INSERT INTO odometer_reading (company_id, vehicle_key, read_on, source, value, updated_at)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                       "UPDATE odometer_reading SET value = ?5, updated_at = ?6"
                       " WHERE company_id = ?1 AND vehicle_key = ?2 AND read_on = ?3 AND source = ?4 AND value <> ?5",
                       company, vehicle, reading.date, core::name_of(reading_source_names, reading.source),
                       reading.value, now);
}

std::vector<OdometerReading> Odometer::of_vehicle(CompanyId company, std::string_view vehicle) const {
  std::vector<OdometerReading> result;
  Query query(database_,
              "SELECT read_on, value, source FROM odometer_reading WHERE company_id = ?1 AND vehicle_key = ?2"
              " UNION ALL SELECT issued_on, odometer, 'document' FROM document"
              " WHERE company_id = ?1 AND vehicle_key = ?2 AND odometer IS NOT NULL ORDER BY 1, 2",
              company, vehicle);
  while (query.next()) result.push_back({query.date(0), query.integer(1), query.name(2, reading_source_names)});
  return result;
}

std::vector<Odometer::Place> Odometer::list(CompanyId company, const std::optional<Place>& after,
                                            std::size_t count) const {
  std::vector<Place> result;
  Query query(database_,
              "SELECT vehicle_key, read_on, value, source FROM odometer_reading WHERE company_id = ?1"
              " AND (vehicle_key, read_on, source) > (?2, ?3, ?4) ORDER BY vehicle_key, read_on, source LIMIT ?5",
              company, after ? after->vehicle : std::string{},
              after ? core::format_date(after->reading.date) : std::string{},
              after ? core::name_of(reading_source_names, after->reading.source) : std::string_view{},
              static_cast<std::int64_t>(count));
  while (query.next()) {
    result.push_back({query.text(0), {query.date(1), query.integer(2), query.name(3, reading_source_names)}});
  }
  return result;
}

}  // namespace egarage::store
