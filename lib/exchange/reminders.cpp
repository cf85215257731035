#include <array>

#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/portions.hpp"
#include "exchange/references.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/odometer.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 13> columns{{{"company"},
                                          Column::key("key"),
                                          {"vehicle"},
                                          {"type"},
                                          {"description"},
                                          {"due"},
                                          Column::number("due_odometer"),
                                          Column::number("days_before"),
                                          Column::number("distance_before"),
                                          {"state"},
                                          {"source"},
                                          {"notified"},
                                          {"closed_by"}}};

void read_state(Fields& fields, store::MaintenanceReminder& reminder) {
  using store::ReminderState;
  reminder.state =
      fields.word("state", store::reminder_state_names, std::optional(reminder.state), ReminderState::planned);
  reminder.source = fields.word("source", store::reminder_source_names, std::optional(reminder.source),
                                store::ReminderSource::import);
  reminder.notified = fields.optional_instant("notified", reminder.notified);
  reminder.closed_by = fields.optional_key("closed_by", reminder.closed_by);
  if (reminder.state == ReminderState::notified && !reminder.notified) {
    fields.refuse("is \"notified\" but does not say when: \"notified\" is empty");
  }
  if (reminder.state == ReminderState::planned && reminder.notified) {
    fields.refuse("is \"planned\" but was \"notified\" already");
  }
  if (reminder.closed_by && reminder.state != ReminderState::done) {
    fields.refuse("is \"closed_by\" a document but not \"done\"");
  }
}

std::optional<store::Upsert> put(store::Database& database, const Owner& owner, Fields& fields, core::Instant now) {
  store::MaintenanceReminders reminders(database);
  const auto key = fields.key("key");
  const auto stored = reminders.find(owner.id, key);
  auto reminder = stored.value_or(store::MaintenanceReminder{});
  reminder.key = key;
  reminder.vehicle = fields.key("vehicle", reminder.vehicle);
  reminder.type =
      fields.required_word("type", core::maintenance_type_names, stored ? std::optional(stored->type) : std::nullopt);
  reminder.description = fields.text("description", reminder.description);
  reminder.due = fields.optional_date("due", reminder.due);
  reminder.due_odometer = fields.optional_number("due_odometer", 0, store::highest_odometer, reminder.due_odometer);
  reminder.days_before = fields.optional_number("days_before", 0, 365, reminder.days_before);
  reminder.distance_before = fields.optional_number("distance_before", 0, 100'000, reminder.distance_before);
  read_state(fields, reminder);
  if (!reminder.due && !reminder.due_odometer) fields.refuse("has neither \"due\" nor \"due_odometer\"");
  require_vehicle(database, owner, fields, reminder.vehicle);
  if (reminder.closed_by) require_document(database, owner, fields, "closed_by", *reminder.closed_by);
  if (fields.refusal()) return std::nullopt;
  return reminders.upsert(owner.id, reminder, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  each_row(store::MaintenanceReminders(database), owner.id, [&](const auto& row) {
    sink({row.key, row.vehicle, word_cell(core::maintenance_type_names, row.type), row.description, cell(row.due),
          cell(row.due_odometer), cell(row.days_before), cell(row.distance_before),
          word_cell(store::reminder_state_names, row.state), word_cell(store::reminder_source_names, row.source),
          cell(row.notified), cell(row.closed_by)});
  });
}

}  // namespace

Kind reminders() { return {"reminders", columns, put, write}; }

}  // namespace egarage::exchange
