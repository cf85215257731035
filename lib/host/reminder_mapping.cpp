#include "host/mapping.hpp"
#include "store/odometer.hpp"

namespace egarage::host {
namespace {

using store::ReminderState;

constexpr core::EnumNames<ReminderState, 5> host_states{{{ReminderState::planned, "PROGRAMADO"},
                                                         {ReminderState::notified, "NOTIFICADO"},
                                                         {ReminderState::done, "REALIZADO"},
                                                         {ReminderState::cancelled, "CANCELADO"},
                                                         {ReminderState::overdue, "VENCIDO"}}};

/// How far along: nobody goes back.
int stage(ReminderState state) {
  switch (state) {
    case ReminderState::planned:
      return 0;
    case ReminderState::notified:
      return 1;
    case ReminderState::overdue:
      return 2;
    case ReminderState::done:
    case ReminderState::cancelled:
      break;
  }
  return 3;
}

std::optional<ReminderState> said_by(const ReminderRow& row) {
  auto state = core::value_of(host_states, row.state);
  // The old scripts set the flag and sometimes died before the state.
  if (state == ReminderState::planned && row.notified) state = ReminderState::notified;
  return state;
}

void set_type(const ReminderRow& row, store::MaintenanceReminder& reminder, Notes& notes) {
  const auto type = core::value_of(core::maintenance_type_names, row.type);
  reminder.type = type.value_or(core::MaintenanceType::personalizado);
  reminder.description = row.description;
  if (type) return;
  ++notes["type taken as PERSONALIZADO: none of the ten"];
  if (reminder.description.empty()) reminder.description = row.type;
}

void set_state(ReminderState state, const ReminderRow& row, core::Instant now, store::MaintenanceReminder& reminder) {
  reminder.state = state;
  reminder.closed_by.reset();
  if (state == ReminderState::planned) {
    reminder.notified.reset();
  } else if (const auto at = core::parse_instant(row.notified_at)) {
    reminder.notified = at;
  } else if (state == ReminderState::notified && !reminder.notified) {
    reminder.notified = now;
  }
}

}  // namespace

std::variant<store::MaintenanceReminder, Refusal> reminder_of(const ReminderRow& row,
                                                              const store::MaintenanceReminder* known,
                                                              const core::TimeZone& zone, core::Instant now,
                                                              Notes& notes) {
  if (!row.vehicle) return Refusal{"it has no vehicle"};
  const auto said = said_by(row);
  if (!said) return Refusal{"its estado is none of the five"};
  auto reminder = known ? *known : store::MaintenanceReminder{};
  reminder.key = std::to_string(row.id);
  reminder.vehicle = std::to_string(*row.vehicle);
  reminder.source = store::ReminderSource::import;
  set_type(row, reminder, notes);
  reminder.due = local_day(row.due, zone);
  reminder.due_odometer.reset();
  if (row.due_odometer && *row.due_odometer > 0 && *row.due_odometer <= store::highest_odometer)
    reminder.due_odometer = row.due_odometer;
  else if (row.due_odometer && *row.due_odometer != 0)
    ++notes["mileage left out: no odometer shows it"];
  if (!reminder.due && !reminder.due_odometer) return Refusal{"it is due on no day and at no mileage"};
  reminder.days_before.reset();
  if (row.days_before && *row.days_before >= 0 && *row.days_before <= 365)
    reminder.days_before = static_cast<int>(*row.days_before);
  const auto known_state = reminder.state;
  const bool planned_anew = !known || known->due != reminder.due || known->due_odometer != reminder.due_odometer;
  const bool closed_by_host = stage(*said) == 3 && *said != known_state;
  if (planned_anew || closed_by_host || stage(*said) > stage(known_state)) set_state(*said, row, now, reminder);
  return reminder;
}

}  // namespace egarage::host
