#include "store/appointments.hpp"

#include <array>

#include "core/time_of_day.hpp"
#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/portions.hpp"
#include "exchange/references.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 7> columns{
    {{"company"}, Column::key("key"), {"vehicle"}, {"kind"}, {"date"}, {"time"}, {"state"}}};

std::optional<store::Upsert> put(store::Database& database, const Owner& owner, Fields& fields, core::Instant now) {
  store::Appointments appointments(database);
  const auto key = fields.key("key");
  const auto stored = appointments.find(owner.id, key);
  auto appointment = stored.value_or(store::Appointment{});
  appointment.key = key;
  appointment.vehicle = fields.key("vehicle", appointment.vehicle);
  appointment.kind =
      fields.required_word("kind", store::appointment_kind_names, stored ? std::optional(stored->kind) : std::nullopt);
  appointment.date = fields.date("date", stored ? std::optional(stored->date) : std::nullopt);
  appointment.time = fields.optional_time("time", appointment.time);
  if (appointment.time == std::chrono::hours{24}) fields.refuse("time", "is 24:00, which is the next day's 00:00");
  appointment.state = fields.word("state", store::appointment_state_names, std::optional(appointment.state),
                                  store::AppointmentState::scheduled);
  require_vehicle(database, owner, fields, appointment.vehicle);
  if (fields.refusal()) return std::nullopt;
  return appointments.upsert(owner.id, appointment, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  each_row(store::Appointments(database), owner.id, [&](const auto& row) {
    sink({row.key, row.vehicle, word_cell(store::appointment_kind_names, row.kind), cell(row.date),
          row.time ? core::format_time_of_day(*row.time) : "", word_cell(store::appointment_state_names, row.state)});
  });
}

}  // namespace

Kind appointments() { return {"appointments", columns, put, write}; }

}  // namespace egarage::exchange
