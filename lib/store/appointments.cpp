#include "store/appointments.hpp"

#include "store/upsert.hpp"

namespace egarage::store {
namespace {

#define EGARAGE_SELECT_APPOINTMENT \
  "SELECT key, vehicle_key, kind, held_on, time, state FROM appointment WHERE company_id = ?1 AND "

Appointment read(const Query& row) {
  Appointment appointment;
  appointment.key = row.text(0);
  appointment.vehicle = row.text(1);
  appointment.kind = row.name(2, appointment_kind_names);
  appointment.date = row.date(3);
  if (!row.is_null(4)) appointment.time = std::chrono::minutes{row.integer(4)};
  appointment.state = row.name(5, appointment_state_names);
  return appointment;
}

std::vector<Appointment> read_all(Query& query) {
  std::vector<Appointment> result;
  while (query.next()) result.push_back(read(query));
  return result;
}

}  // namespace

Upsert Appointments::upsert(CompanyId company, const Appointment& appointment, core::Instant now) {
  std::optional<std::int64_t> time;
  if (appointment.time) time = appointment.time->count();
  return store::upsert(
      database_,
      "INSERT INTO appointment (company_id, key, vehicle_key, kind, held_on, time, state, updated_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
      "UPDATE appointment SET vehicle_key = ?3, kind = ?4, held_on = ?5, time = ?6, state = ?7, updated_at = ?8"
      " WHERE company_id = ?1 AND key = ?2 AND (vehicle_key, kind, held_on, time, state) IS NOT (?3, ?4, ?5, ?6, ?7)",
      company, appointment.key, appointment.vehicle, core::name_of(appointment_kind_names, appointment.kind),
      appointment.date, time, core::name_of(appointment_state_names, appointment.state), now);
}

std::optional<Appointment> Appointments::find(CompanyId company, std::string_view key) const {
  Query query(database_, EGARAGE_SELECT_APPOINTMENT "key = ?2", company, key);
  if (!query.next()) return std::nullopt;
  return read(query);
}

std::vector<Appointment> Appointments::list(CompanyId company, std::string_view after, std::size_t count) const {
  Query query(database_, EGARAGE_SELECT_APPOINTMENT "key > ?2 ORDER BY key LIMIT ?3", company, after,
              static_cast<std::int64_t>(count));
  return read_all(query);
}

std::vector<Appointment> Appointments::scheduled(CompanyId company, core::Date first, core::Date last,
                                                 const std::optional<DatedKey>& after, std::size_t count) const {
  Query query(database_,
              EGARAGE_SELECT_APPOINTMENT
              "state = 'scheduled' AND (held_on, key) > (?2, ?3) AND held_on <= ?4 ORDER BY held_on, key LIMIT ?5",
              company, after ? after->date : first, after ? after->key : std::string{}, last,
              static_cast<std::int64_t>(count));
  return read_all(query);
}

std::vector<Appointment> Appointments::of_vehicle(CompanyId company, std::string_view vehicle) const {
  Query query(database_, EGARAGE_SELECT_APPOINTMENT "vehicle_key = ?2 ORDER BY held_on, key", company, vehicle);
  return read_all(query);
}

#undef EGARAGE_SELECT_APPOINTMENT

}  // namespace egarage::store
