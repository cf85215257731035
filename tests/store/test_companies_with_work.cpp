#include "store/companies_with_work.hpp"

#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

namespace {

using Companies = std::set<CompanyId>;

}  // namespace

TEST_CASE("a company has work while a vehicle of it is to be planned anew") {
  DirectoryFixture store;
  for (const auto* key : {"yaris", "hilux"}) store.vehicles.note_planned(store.sur, key);
  for (const auto& one : store.vehicles.to_replan(store.norte, {}, 100)) {
    store.vehicles.note_planned(store.norte, one.key);
  }
  CHECK(with_vehicles_to_plan(store.database).empty());
  auto changed = DirectoryFixture::vehicle("yaris", "ana");
  changed.model = "Corolla";
  store.put(changed);
  CHECK(with_vehicles_to_plan(store.database) == Companies{store.sur});
}

TEST_CASE("a company has work once a reminder's step has come, and until it is closed") {
  DirectoryFixture store;
  auto reminder = DirectoryFixture::reminder("r1", "yaris", "2026-12-01");
  store.put(reminder);
  CHECK(with_steps_due(store.database, day("2027-01-01")).empty());
  store.reminders.set_schedule(store.sur, "r1", {.next_step = day("2026-11-17")});
  CHECK(with_steps_due(store.database, day("2026-11-16")).empty());
  CHECK(with_steps_due(store.database, day("2026-11-17")) == Companies{store.sur});
  reminder.state = ReminderState::cancelled;
  store.put(reminder);
  CHECK(with_steps_due(store.database, day("2026-11-17")).empty());
}

TEST_CASE("a company has work while an appointment of those days is to be kept") {
  DirectoryFixture store;
  Appointment appointment;
  appointment.key = "a-1";
  appointment.vehicle = "yaris";
  appointment.date = day("2026-12-01");
  store.put(appointment);
  CHECK(with_appointments(store.database, day("2026-11-20"), day("2026-11-30")).empty());
  CHECK(with_appointments(store.database, day("2026-12-02"), day("2026-12-30")).empty());
  CHECK(with_appointments(store.database, day("2026-12-01"), day("2026-12-01")) == Companies{store.sur});
  appointment.state = AppointmentState::cancelled;
  store.put(appointment);
  CHECK(with_appointments(store.database, day("2026-12-01"), day("2026-12-01")).empty());
}
