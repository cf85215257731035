#include "store/vehicles.hpp"

#include "core/plate.hpp"
#include "store/upsert.hpp"

namespace egarage::store {
namespace {

#define EGARAGE_VEHICLE "SELECT key, customer_key, plate, make, model, year, unit, sold FROM vehicle "
#define EGARAGE_SELECT_VEHICLE EGARAGE_VEHICLE "WHERE company_id = ?1 AND "
// They are few on most days. The planner, which counted them when all were to be planned, would rather read all
// vehicles.
#define EGARAGE_SELECT_VEHICLE_TO_REPLAN \
  EGARAGE_VEHICLE "INDEXED BY vehicle_to_replan WHERE company_id = ?1 AND replan = 1 AND "

Vehicle read(const Query& row) {
  Vehicle vehicle;
  vehicle.key = row.text(0);
  vehicle.customer = row.text(1);
  vehicle.plate = row.text(2);
  vehicle.make = row.text(3);
  vehicle.model = row.text(4);
  if (!row.is_null(5)) vehicle.year = static_cast<int>(row.integer(5));
  vehicle.unit = row.name(6, core::distance_unit_names);
  vehicle.sold = row.integer(7) != 0;
  return vehicle;
}

std::vector<Vehicle> read_all(Query& query) {
  std::vector<Vehicle> result;
  while (query.next()) result.push_back(read(query));
  return result;
}

}  // namespace

Upsert Vehicles::upsert(CompanyId company, const Vehicle& vehicle, std::string_view country, core::Instant now) {
  const auto plate_key = core::normalised_plate(vehicle.plate, country);
  return store::upsert(
      database_,
      "INSERT INTO vehicle (company_id, key, customer_key, plate, plate_key, plate_digit, make, model, year, unit, "
      "sold,"
      " updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING",
      "UPDATE vehicle SET customer_key = ?3, plate = ?4, plate_key = ?5, plate_digit = ?6, make = ?7, model = ?8,"
      " year = ?9, unit = ?10, sold = ?11, updated_at = ?12, replan = 1 WHERE company_id = ?1 AND key = ?2"
      " AND (customer_key, plate, plate_key, plate_digit, make, model, year, unit, sold)"
      " IS NOT (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      company, vehicle.key, vehicle.customer, vehicle.plate, plate_key, core::last_plate_digit(plate_key, country),
      vehicle.make, vehicle.model, vehicle.year, core::name_of(core::distance_unit_names, vehicle.unit),
      vehicle.sold ? 1 : 0, now);
}

std::optional<Vehicle> Vehicles::find(CompanyId company, std::string_view key) const {
  Query query(database_, EGARAGE_SELECT_VEHICLE "key = ?2", company, key);
  if (!query.next()) return std::nullopt;
  return read(query);
}

bool Vehicles::exists(CompanyId company, std::string_view key) const {
  return Query(database_, "SELECT 1 FROM vehicle WHERE company_id = ?1 AND key = ?2", company, key).next();
}

std::vector<Vehicle> Vehicles::list(CompanyId company, std::string_view after, std::size_t count) const {
  Query query(database_, EGARAGE_SELECT_VEHICLE "key > ?2 ORDER BY key LIMIT ?3", company, after,
              static_cast<std::int64_t>(count));
  return read_all(query);
}

std::vector<Vehicle> Vehicles::with_plate(CompanyId company, std::string_view plate, std::string_view country) const {
  const auto plate_key = core::normalised_plate(plate, country);
  if (plate_key.empty()) return {};
  Query query(database_, EGARAGE_SELECT_VEHICLE "plate_digit IS ?2 AND plate_key = ?3 ORDER BY key", company,
              core::last_plate_digit(plate_key, country), plate_key);
  return read_all(query);
}

std::vector<Vehicle> Vehicles::with_last_digit(CompanyId company, int digit, std::string_view after,
                                               std::size_t count) const {
  Query query(database_, EGARAGE_SELECT_VEHICLE "plate_digit = ?2 AND sold = 0 AND key > ?3 ORDER BY key LIMIT ?4",
              company, digit, after, static_cast<std::int64_t>(count));
  return read_all(query);
}

std::vector<Vehicle> Vehicles::of_customer(CompanyId company, std::string_view customer) const {
  Query query(database_, EGARAGE_SELECT_VEHICLE "customer_key = ?2 ORDER BY key", company, customer);
  return read_all(query);
}

std::vector<Vehicle> Vehicles::to_replan(CompanyId company, std::string_view after, std::size_t count) const {
  Query query(database_, EGARAGE_SELECT_VEHICLE_TO_REPLAN "key > ?2 ORDER BY key LIMIT ?3", company, after,
              static_cast<std::int64_t>(count));
  return read_all(query);
}

std::vector<Vehicle> Vehicles::to_replan_with_digit(CompanyId company, int digit, std::string_view after,
                                                    std::size_t count) const {
  Query query(database_,
              EGARAGE_SELECT_VEHICLE_TO_REPLAN "plate_digit = ?2 AND sold = 0 AND key > ?3 ORDER BY key LIMIT ?4",
              company, digit, after, static_cast<std::int64_t>(count));
  return read_all(query);
}

#undef EGARAGE_SELECT_VEHICLE_TO_REPLAN
#undef EGARAGE_SELECT_VEHICLE
#undef EGARAGE_VEHICLE

void Vehicles::note_planned(CompanyId company, std::string_view key) {
  execute(database_, "UPDATE vehicle SET replan = 0 WHERE company_id = ?1 AND key = ?2 AND replan = 1", company, key);
}

}  // namespace egarage::store
