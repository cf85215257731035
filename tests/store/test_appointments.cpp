#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;

TEST_CASE("an appointment comes back as it went in, and its states are on record") {
  DirectoryFixture store;
  Appointment appointment{"a1", "yaris", AppointmentKind::revision, day("2026-12-01"), 9h + 30min, {}};
  CHECK(store.put(appointment) == Upsert::created);
  CHECK(store.appointments.find(store.sur, "a1") == appointment);
  CHECK(store.put(appointment) == Upsert::unchanged);
  appointment.time = std::nullopt;
  appointment.state = AppointmentState::done;
  CHECK(store.put(appointment) == Upsert::changed);
  CHECK(store.appointments.find(store.sur, "a1") == appointment);
  CHECK(audit(store, "appointment a1") == "scheduled>done:");
  CHECK_FALSE(store.appointments.find(store.norte, "a1"));
  CHECK(is_refused([&] { store.put(Appointment{"a2", "nothing", {}, day("2026-12-01"), {}, {}}); }));
}

TEST_CASE("the day of a statutory inspection is an appointment of kind tecnica") {
  DirectoryFixture store;
  store.put(Appointment{"rt-2027", "yaris", AppointmentKind::tecnica, day("2027-08-31"), {}, {}});
  const auto due = store.appointments.scheduled(store.sur, day("2027-08-31"), day("2027-08-31"), {}, 10);
  REQUIRE(due.size() == 1);
  CHECK(due.front().kind == AppointmentKind::tecnica);
}

TEST_CASE("scheduled appointments are found by their day, in portions") {
  DirectoryFixture store;
  const auto put = [&](const char* key, const char* date, AppointmentState state = AppointmentState::scheduled) {
    store.put(Appointment{key, "yaris", AppointmentKind::revision, day(date), {}, state});
  };
  put("early", "2026-11-30");
  put("b", "2026-12-01");
  put("c", "2026-12-03");
  put("a", "2026-12-03");
  put("off", "2026-12-02", AppointmentState::cancelled);
  put("done", "2026-12-02", AppointmentState::done);
  put("late", "2026-12-04");
  const auto scheduled = [&](const std::optional<DatedKey>& after, std::size_t count) {
    return keys_of(store.appointments.scheduled(store.sur, day("2026-12-01"), day("2026-12-03"), after, count));
  };
  CHECK(scheduled({}, 10) == "b a c");
  CHECK(scheduled({}, 2) == "b a");
  CHECK(scheduled(DatedKey{day("2026-12-03"), "a"}, 2) == "c");
  CHECK(keys_of(store.appointments.of_vehicle(store.sur, "yaris")) == "early b done off a c late");
  CHECK(keys_of(store.appointments.list(store.sur, "done", 2)) == "early late");
}
