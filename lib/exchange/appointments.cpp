#include "store/appointments.hpp"

#include <array>

#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/references.hpp"

namespace egarage::exchange {
namespace {

using std::chrono::minutes;

constexpr std::array<Column, 7> columns{
    {{"company"}, {"key", Column::Presence::always}, {"vehicle"}, {"kind"}, {"date"}, {"time"}, {"state"}}};

/// `08:30`, also `08:30:00` as Django writes it.
std::optional<minutes> time_of_day(std::string_view text) {
  const auto instant = core::parse_instant(fmt::format("2000-01-01T{}{}Z", text, text.size() == 5 ? ":00" : ""));
  if (!instant || (text.size() != 5 && text.size() != 8)) return std::nullopt;
  return std::chrono::floor<minutes>(*instant - std::chrono::floor<std::chrono::days>(*instant));
}

std::optional<minutes> time(Fields& fields, std::optional<minutes> kept) {
  if (!fields.says("time")) return kept;
  const auto written = fields.text("time");
  if (written.empty()) return std::nullopt;
  const auto time = time_of_day(written);
  if (!time) fields.refuse("time", "is no time such as 08:30");
  return time;
}

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
  appointment.time = time(fields, appointment.time);
  appointment.state = fields.word("state", store::appointment_state_names, std::optional(appointment.state),
                                  store::AppointmentState::scheduled);
  require_vehicle(database, owner, fields, appointment.vehicle);
  if (fields.refusal()) return std::nullopt;
  return appointments.upsert(owner.id, appointment, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  const store::Appointments appointments(database);
  std::string after;
  for (;;) {
    const auto rows = appointments.list(owner.id, after, portion);
    for (const auto& row : rows) {
      sink({row.key, row.vehicle, word_cell(store::appointment_kind_names, row.kind), cell(row.date),
            row.time ? fmt::format("{:02}:{:02}", row.time->count() / 60, row.time->count() % 60) : "",
            word_cell(store::appointment_state_names, row.state)});
    }
    if (rows.size() < portion) return;
    after = rows.back().key;
  }
}

}  // namespace

Kind appointments() { return {"appointments", columns, put, write}; }

}  // namespace egarage::exchange
