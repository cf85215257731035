#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

namespace {

MaintenanceReminder by_mileage(const std::string& key, std::int64_t due_odometer) {
  auto result = DirectoryFixture::reminder(key, "yaris", "2026-12-01");
  result.due = std::nullopt;
  result.due_odometer = due_odometer;
  return result;
}

}  // namespace

TEST_CASE("a reminder comes back as it went in, and saying it again changes nothing") {
  DirectoryFixture store;
  store.put(DirectoryFixture::service("doc-1", "2026-11-20"));
  auto reminder = DirectoryFixture::reminder("r1", "yaris", "2026-12-01");
  reminder.description = "Cambio de aceite";
  reminder.due_odometer = 60'000;
  reminder.days_before = 7;
  reminder.distance_before = 500;
  reminder.source = ReminderSource::plan;
  CHECK(store.put(reminder) == Upsert::created);
  CHECK(store.reminders.find(store.sur, "r1") == reminder);
  CHECK(store.put(reminder) == Upsert::unchanged);
  reminder.state = ReminderState::done;
  reminder.notified = noon;
  reminder.closed_by = "doc-1";
  CHECK(store.put(reminder) == Upsert::changed);
  CHECK(store.reminders.find(store.sur, "r1") == reminder);
  CHECK_FALSE(store.reminders.find(store.norte, "r1"));
}

TEST_CASE("the states of a reminder are on record") {
  DirectoryFixture store;
  store.put(DirectoryFixture::service("doc-1", "2026-11-20"));
  auto reminder = DirectoryFixture::reminder("r1", "yaris", "2026-12-01");
  store.put(reminder);
  reminder.state = ReminderState::notified;
  reminder.notified = noon;
  store.put(reminder);
  reminder.description = "Aceite";
  store.put(reminder);
  reminder.state = ReminderState::done;
  reminder.closed_by = "doc-1";
  store.put(reminder);
  CHECK(audit(store, "reminder r1") == "planned>notified:|notified>done:doc-1");
}

TEST_CASE("a reminder is expected on its day or on that of its forecast, whichever is earlier") {
  DirectoryFixture store;
  store.put(by_mileage("unknown", 90'000));
  store.put(by_mileage("forecast", 60'000));
  store.reminders.set_forecast(store.sur, "forecast", day("2026-12-05"));
  auto both = DirectoryFixture::reminder("both", "yaris", "2026-12-20");
  both.due_odometer = 60'000;
  store.put(both);
  store.reminders.set_forecast(store.sur, "both", day("2026-12-10"));
  store.put(DirectoryFixture::reminder("day", "yaris", "2026-12-07"));
  store.put(DirectoryFixture::reminder("later", "yaris", "2027-01-07"));
  std::string seen;
  for (const auto& [reminder, on] :
       store.reminders.expected(store.sur, ReminderState::planned, day("2026-12-01"), day("2026-12-31"), {}, 10)) {
    seen += reminder.key + " " + core::format_date(on) + "; ";
  }
  CHECK(seen == "forecast 2026-12-05; day 2026-12-07; both 2026-12-10; ");
  const auto rest = store.reminders.expected(store.sur, ReminderState::planned, day("2026-12-01"), day("2026-12-31"),
                                             DatedKey{day("2026-12-07"), "day"}, 10);
  REQUIRE(rest.size() == 1);
  CHECK(rest.front().reminder == both);
}

TEST_CASE("only open reminders are expected, each state by itself") {
  DirectoryFixture store;
  const auto put = [&](ReminderState state) {
    auto reminder =
        DirectoryFixture::reminder(std::string(core::name_of(reminder_state_names, state)), "yaris", "2026-12-01");
    reminder.state = state;
    if (state != ReminderState::planned) reminder.notified = noon;
    store.put(reminder);
  };
  for (const auto& [state, name] : reminder_state_names) put(state);
  for (const auto& [state, name] : reminder_state_names) {
    const auto found = store.reminders.expected(store.sur, state, day("2026-01-01"), day("2027-01-01"), {}, 10);
    const bool is_open = state != ReminderState::done && state != ReminderState::cancelled;
    CHECK(found.size() == (is_open ? 1 : 0));
    if (is_open) CHECK(found.front().reminder.key == name);
  }
}

TEST_CASE("a forecast is void when the mileage or the vehicle that it was made for changes") {
  DirectoryFixture store;
  auto reminder = by_mileage("r1", 60'000);
  store.put(reminder);
  const auto forecast = [&] { return store.reminders.forecast(store.sur, "r1"); };
  CHECK_FALSE(forecast());
  store.reminders.set_forecast(store.sur, "r1", day("2026-12-05"));
  reminder.description = "Aceite";
  store.put(reminder);
  CHECK(forecast() == day("2026-12-05"));
  reminder.due_odometer = 61'000;
  store.put(reminder);
  CHECK_FALSE(forecast());
  store.reminders.set_forecast(store.sur, "r1", day("2026-12-06"));
  reminder.vehicle = "hilux";
  store.put(reminder);
  CHECK_FALSE(forecast());
  store.reminders.set_forecast(store.sur, "r1", day("2026-12-06"));
  store.reminders.set_forecast(store.sur, "r1", std::nullopt);
  CHECK_FALSE(forecast());
  CHECK_FALSE(store.reminders.forecast(store.sur, "nothing"));
}

TEST_CASE("reminders are listed by key in portions, and for a vehicle") {
  DirectoryFixture store;
  for (const auto* key : {"c", "a"}) store.put(DirectoryFixture::reminder(key, "yaris", "2026-12-01"));
  store.put(DirectoryFixture::reminder("b", "hilux", "2026-12-01"));
  CHECK(keys_of(store.reminders.list(store.sur, "", 2)) == "a b");
  CHECK(keys_of(store.reminders.list(store.sur, "b", 2)) == "c");
  CHECK(keys_of(store.reminders.of_vehicle(store.sur, "yaris")) == "a c");
}
