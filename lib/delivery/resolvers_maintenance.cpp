#include "delivery/resolvers_maintenance.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "core/ladder_key.hpp"
#include "store/appointments.hpp"
#include "store/dedup_keys.hpp"
#include "store/documents.hpp"
#include "store/inspections.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/subjects.hpp"
#include "store/vehicles.hpp"

namespace egarage::delivery {

namespace {

using Gone = std::optional<std::string>;

/// Whether the message's addressee has the vehicle no more.
Gone changed_hands(store::Database& database, store::CompanyId company, const std::string& key,
                   const std::optional<std::string>& customer) {
  const auto vehicle = store::Vehicles{database}.find(company, key);
  if (!vehicle) return std::nullopt;
  if (vehicle->sold) return "vehicle sold";
  if (customer && vehicle->customer != *customer) return "the vehicle has another owner";
  return std::nullopt;
}

std::string done_by(store::Database& database, store::CompanyId company, const std::optional<std::string>& document) {
  const auto found = document ? store::Documents{database}.find(company, *document) : std::nullopt;
  return found ? "serviced on " + core::format_date(found->date) : "serviced";
}

/// A message's key names one of its reminders; of that one it says what it was due for.
Gone moved(const store::MaintenanceReminder& reminder, std::string_view dedup_key) {
  const auto begin = dedup_key.find('/');
  if (begin == std::string_view::npos) return std::nullopt;
  const auto rest = dedup_key.substr(begin);
  const auto own = fmt::format("/{}/", reminder.key);
  if (!rest.starts_with(own) || rest.substr(own.size()).starts_with(store::due_text(reminder) + "/")) {
    return std::nullopt;
  }
  return reminder.due ? "moved to " + core::format_date(*reminder.due)
                      : fmt::format("moved to {} on the odometer", *reminder.due_odometer);
}

struct Message {
  store::CompanyId company;
  std::string dedup_key;
  std::optional<std::string> customer;
};

Gone reminder_gone(store::Database& database, const Message& message, const std::string& key) {
  const auto reminder = store::MaintenanceReminders{database}.find(message.company, key);
  if (!reminder) return "the reminder was removed";
  if (reminder->state == store::ReminderState::done) return done_by(database, message.company, reminder->closed_by);
  if (reminder->state == store::ReminderState::cancelled) {
    auto hands = changed_hands(database, message.company, reminder->vehicle, message.customer);
    return hands ? hands : "reminder cancelled";
  }
  if (auto elsewhere = moved(*reminder, message.dedup_key)) return elsewhere;
  return changed_hands(database, message.company, reminder->vehicle, message.customer);
}

Gone appointment_gone(store::Database& database, const Message& message, const std::string& key) {
  const auto appointment = store::Appointments{database}.find(message.company, key);
  if (!appointment) return "the appointment was removed";
  if (appointment->state == store::AppointmentState::cancelled) return "appointment cancelled";
  if (appointment->state == store::AppointmentState::done) return "the inspection is done";
  const auto announced = core::ladder_key_in(message.dedup_key);
  if (announced && announced->date != appointment->date) {
    return "appointment moved to " + core::format_date(appointment->date);
  }
  return changed_hands(database, message.company, appointment->vehicle, message.customer);
}

/// The month in `REVISION_VEHICULO/v-12/tecnica-2027-04/email`.
std::optional<std::chrono::year_month> statutory_month(std::string_view dedup_key) {
  constexpr std::string_view mark = "/tecnica-";
  const auto place = dedup_key.rfind(mark);
  if (place == std::string_view::npos) return std::nullopt;
  const auto first = core::parse_date(std::string{dedup_key.substr(place + mark.size(), 7)} + "-01");
  return first ? std::optional(first->year() / first->month()) : std::nullopt;
}

Gone statutory_gone(store::Database& database, const Message& message, const std::string& vehicle) {
  const auto month = statutory_month(message.dedup_key);
  if (!month) return std::nullopt;
  const core::Date since = std::chrono::sys_days{*month / 1} - store::early_inspection;
  const auto day = store::inspected_between(database, message.company, vehicle, since, *month / std::chrono::last);
  if (day) return "inspected on " + core::format_date(*day);
  return changed_hands(database, message.company, vehicle, message.customer);
}

std::vector<std::string> keys_of(const std::vector<store::Subject>& subjects, store::SubjectKind kind) {
  std::vector<std::string> keys;
  for (const auto& subject : subjects) {
    if (subject.kind == kind) keys.push_back(subject.key);
  }
  return keys;
}

Message message_of(store::Database& database, const Reason& reason) {
  return {reason.company, store::dedup_key(database, reason.notification),
          store::customer_of(database, reason.notification)};
}

}  // namespace

std::optional<std::string> serviced(store::Database& database, const Reason& reason) {
  const auto reminders = keys_of(store::subjects_of(database, reason.notification), store::SubjectKind::reminder);
  if (reminders.empty()) return std::nullopt;
  const auto message = message_of(database, reason);
  Gone why;
  for (const auto& key : reminders) {
    why = reminder_gone(database, message, key);
    if (!why) return std::nullopt;  // one that holds is enough
  }
  return why;
}

std::optional<std::string> inspected(store::Database& database, const Reason& reason) {
  const auto subjects = store::subjects_of(database, reason.notification);
  const auto message = message_of(database, reason);
  if (const auto keys = keys_of(subjects, store::SubjectKind::appointment); !keys.empty()) {
    return appointment_gone(database, message, keys.front());
  }
  const auto vehicles = keys_of(subjects, store::SubjectKind::vehicle);
  return vehicles.empty() ? std::nullopt : statutory_gone(database, message, vehicles.front());
}

}  // namespace egarage::delivery
