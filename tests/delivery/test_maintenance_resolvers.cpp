#include <functional>

#include "delivery/resolvers.hpp"
#include "store/appointments.hpp"
#include "store/customers.hpp"
#include "store/directory.hpp"
#include "store/documents.hpp"
#include "store/history.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/odometer.hpp"
#include "store/queue.hpp"
#include "store/vehicles.hpp"
#include "support/catch.hpp"
#include "support/example_account.hpp"
#include "support/temporary_folder.hpp"

using namespace egarage;
using core::Event;
using store::ReminderState;
using store::SubjectKind;

namespace {

core::Date day(std::string_view text) { return core::parse_date(text).value(); }

struct World {
  test::TemporaryFolder folder;
  core::Instant now = *core::parse_instant("2026-11-10T15:00:00Z");
  store::Database database = store::Database::create_or_upgrade(folder.path() / "store.db", now);
  store::MaintenanceReminders reminders{database};
  store::Appointments appointments{database};
  store::Vehicles vehicles{database};
  store::CompanyId company{};
  store::Vehicle vehicle{"v-1", "ana", "BB-CL-45", "Toyota", "Corolla", {}, core::DistanceUnit::km, false};

  World() {
    core::Company made;
    made.slug = "taller-sur";
    made.country = "CL";
    made.time_zone = "America/Santiago";
    made.currency = "CLP";
    made.accounts.email = test::example_account("hola@taller-sur.example.cl");
    store::Directory directory{database};
    directory.upsert_company(made, now);
    company = directory.find_company("taller-sur")->id;
    for (const auto* key : {"ana", "luis"}) {
      store::Customer customer;
      customer.key = customer.name = key;
      store::Customers{database}.upsert(company, customer, now);
    }
    vehicles.upsert(company, vehicle, "CL", now);
    for (const auto* key : {"rec-1", "rec-2"}) set(key, ReminderState::notified);
    set_appointment("2026-12-04");
  }

  void set(const std::string& key, ReminderState state, const std::string& due = "2026-12-01") {
    store::MaintenanceReminder reminder;
    reminder.key = key;
    reminder.vehicle = "v-1";
    reminder.due = day(due);
    reminder.due_odometer = 90'000;
    reminder.state = state;
    if (state != ReminderState::planned) reminder.notified = now;
    reminders.upsert(company, reminder, now);
  }
  void set_appointment(const std::string& held, store::AppointmentState state = store::AppointmentState::scheduled) {
    appointments.upsert(company, {"cita", "v-1", store::AppointmentKind::revision, day(held), {}, state}, now);
  }

  std::optional<std::string> gone(Event event, const std::string& key, std::vector<store::Subject> subjects) {
    store::NewNotification message;
    message.company = company;
    message.event = event;
    message.channel = core::Channel::email;
    message.dedup_key = std::string{core::to_string(event)} + "/" + key + "/email";
    message.recipient = "ana@example.cl";
    message.subject = message.body = "x";
    message.message_id_domain = "example.cl";
    message.due_at = now;
    message.customer = "ana";
    message.subjects = std::move(subjects);
    store::Queue queue{database};
    database.transaction([&] { queue.enqueue(message, now); });
    const auto id = store::History{database}.notification(company, message.dedup_key)->id;
    return delivery::gone(database, event, {company, id, now});
  }
  std::optional<std::string> reminder_gone(const std::string& key = "rec-1/2026-12-01+90000/due") {
    return gone(Event::mantenimiento_recordatorio, key,
                {{SubjectKind::vehicle, "v-1"}, {SubjectKind::reminder, "rec-1"}, {SubjectKind::reminder, "rec-2"}});
  }
  std::optional<std::string> appointment_gone() {
    return gone(Event::revision_vehiculo, "cita/2026-12-04/T-1",
                {{SubjectKind::vehicle, "v-1"}, {SubjectKind::appointment, "cita"}});
  }
  std::optional<std::string> month_gone() {
    return gone(Event::revision_vehiculo, "v-1/tecnica-2026-12", {{SubjectKind::vehicle, "v-1"}});
  }
};

}  // namespace

TEST_CASE("a reminder holds until each service that it is about is done, cancelled or moved") {
  World world;
  CHECK_FALSE(world.reminder_gone());
  world.set("rec-1", ReminderState::cancelled);
  CHECK_FALSE(world.reminder_gone());
  world.set("rec-2", ReminderState::cancelled);
  CHECK(world.reminder_gone() == "reminder cancelled");

  World moved;
  moved.set("rec-2", ReminderState::cancelled);
  moved.set("rec-1", ReminderState::planned, "2027-03-01");
  CHECK(moved.reminder_gone() == "reminder cancelled");
  World overdue;
  overdue.set("rec-1", ReminderState::overdue);
  CHECK_FALSE(overdue.reminder_gone("rec-1/2026-12-01+90000/overdue"));
}

TEST_CASE("a reminder whose service was done says when") {
  World world;
  store::Document document;
  document.key = "doc-9";
  document.customer = "ana";
  document.vehicle = "v-1";
  document.type = "Factura";
  document.date = day("2026-11-20");
  store::Documents{world.database}.upsert(world.company, document, world.now);
  for (const auto* key : {"rec-1", "rec-2"}) {
    auto reminder = *world.reminders.find(world.company, key);
    reminder.state = ReminderState::done;
    reminder.closed_by = "doc-9";
    world.reminders.upsert(world.company, reminder, world.now);
  }
  CHECK(world.reminder_gone() == "serviced on 2026-11-20");
}

TEST_CASE("a vehicle that was sold, or is another's, silences what waits about it") {
  World sold;
  sold.vehicle.sold = true;
  sold.vehicles.upsert(sold.company, sold.vehicle, "CL", sold.now);
  CHECK(sold.reminder_gone() == "vehicle sold");
  CHECK(sold.appointment_gone() == "vehicle sold");
  CHECK(sold.month_gone() == "vehicle sold");
  World other;
  other.vehicle.customer = "luis";
  other.vehicles.upsert(other.company, other.vehicle, "CL", other.now);
  CHECK(other.reminder_gone() == "the vehicle has another owner");
  CHECK(other.appointment_gone() == "the vehicle has another owner");
}

TEST_CASE("an appointment that was cancelled, held or moved is not announced any more") {
  World world;
  CHECK_FALSE(world.appointment_gone());
  world.set_appointment("2026-12-05");
  CHECK(world.appointment_gone() == "appointment moved to 2026-12-05");
  world.set_appointment("2026-12-04", store::AppointmentState::cancelled);
  CHECK(world.appointment_gone() == "appointment cancelled");
  world.set_appointment("2026-12-04", store::AppointmentState::done);
  CHECK(world.appointment_gone() == "the inspection is done");
}

TEST_CASE("the month's inspection is not announced any more once it was made") {
  World world;
  CHECK_FALSE(world.month_gone());
  store::Odometer{world.database}.upsert(world.company, "v-1",
                                         {day("2026-11-05"), 80'000, store::ReadingSource::inspection}, world.now);
  CHECK(world.month_gone() == "inspected on 2026-11-05");
}

TEST_CASE("what the host enqueued without saying what it is about is its own business") {
  World world;
  CHECK_FALSE(world.gone(Event::mantenimiento_recordatorio, "host-1", {}));
  CHECK_FALSE(world.gone(Event::revision_vehiculo, "host-1", {}));
}
