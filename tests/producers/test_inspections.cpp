#include "producers/inspections.hpp"

#include <filesystem>

#include "producers/maintenance_world.hpp"
#include "store/calendar.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using std::chrono::days;
using store::AppointmentKind;
using store::AppointmentState;
using test::calendar_day;
using test::instant;

namespace {

struct InspectionWorld : test::MaintenanceWorld {
  producers::InspectionRules inspection_rules;

  explicit InspectionWorld(const std::function<void(core::Company&)>& change = [](core::Company&) {})
      : MaintenanceWorld(change) {
    // Plates that end in 5 are inspected in August.
    store::Calendar{database}.upsert(store::InspectionMonth{"CL", 5, std::chrono::August}, start);
    store::Calendar{database}.upsert(store::InspectionMonth{"CL", 1, std::chrono::April}, start);
  }

  void book(
      const std::string& key, const std::string& day, std::optional<std::chrono::minutes> time = {},
      const std::function<void(store::Appointment&)>& change = [](auto&) {}) {
    store::Appointment appointment{
        key, "v-1", AppointmentKind::revision, calendar_day(day), time, AppointmentState::scheduled};
    change(appointment);
    store::Appointments{database}.upsert(company, appointment, start);
  }

  producers::ProducerReport announce(core::Instant now, core::DryRun dry_run = core::DryRun::no) {
    return producers::announce_inspections(database, inspection_rules, {.now = now, .dry_run = dry_run});
  }
  std::string announce(const std::string& now) { return shown(announce(instant(now))); }

  /// `cita/2026-12-04/T-7 at 2026-11-27T12:00:00Z`.
  static std::string shown(const producers::ProducerReport& report) {
    std::string result;
    for (const auto& one : report.created) {
      auto key = one.dedup_key.substr(std::string_view{"REVISION_VEHICULO/"}.size());
      key.resize(key.rfind('/'));
      result += (result.empty() ? "" : " ") + key + " at " + core::format_instant(one.due_at);
    }
    return result;
  }
  std::string hourly(const std::string& first, const std::string& last) {
    std::string all;
    for (auto now = instant(first); now <= instant(last); now += 1h) {
      if (const auto made = shown(announce(now)); !made.empty()) all += (all.empty() ? "" : " ") + made;
    }
    return all;
  }

  store::NotificationRecord notice(const std::string& key) {
    const auto record = history.notification(company, "REVISION_VEHICULO/" + key + "/email");
    INFO(key);
    REQUIRE(record.has_value());
    return *record;
  }
};

}  // namespace

TEST_CASE("an appointment is announced a week and a day before, at nine in the morning there, once each") {
  InspectionWorld world;
  world.book("cita", "2026-12-04", 10h + 30min);
  CHECK(world.hourly("2026-11-20T00:00:00Z", "2026-12-06T00:00:00Z") ==
        "cita/2026-12-04/T-7 at 2026-11-27T12:00:00Z cita/2026-12-04/T-1 at 2026-12-03T12:00:00Z");
  const auto notice = world.notice("cita/2026-12-04/T-1");
  CHECK(notice.subject == "Revisión de su Toyota Corolla: viernes 4 de diciembre, 10:30");
  CHECK(notice.not_after == instant("2026-12-04T13:29:59Z"));  // it begins at 13:30 UTC
}

TEST_CASE("a missed day brings the latest step that makes sense, never after the appointment has begun") {
  struct Row {
    const char *now, *made;
  };
  const Row rows[] = {{"2026-11-30T20:00:00Z", "cita/2026-12-04/T-7 at 2026-11-30T20:00:00Z"},
                      {"2026-12-03T20:00:00Z", "cita/2026-12-04/T-1 at 2026-12-03T20:00:00Z"},
                      {"2026-12-04T11:00:00Z", "cita/2026-12-04/T-1 at 2026-12-04T11:00:00Z"},
                      {"2026-12-04T13:30:00Z", ""},
                      {"2026-12-09T12:00:00Z", ""}};
  for (const auto& [now, made] : rows) {
    INFO(now);
    InspectionWorld world;
    world.book("cita", "2026-12-04", 10h + 30min);
    CHECK(world.announce(now) == made);
  }
}

TEST_CASE("a closed day's step goes out before it where it would come too late, and after it otherwise") {
  InspectionWorld world{[](core::Company& company) { company.hours = {8h, 20h, false}; }};
  world.book("lunes", "2026-12-07", 8h + 30min);    // T-1 is a Sunday
  world.book("domingo", "2026-12-13", 8h + 30min);  // T-7 is one; T-1 a Saturday: Friday 2026-12-11
  CHECK(world.hourly("2026-12-03T00:00:00Z", "2026-12-14T00:00:00Z") ==
        "lunes/2026-12-07/T-7 at 2026-12-03T11:00:00Z lunes/2026-12-07/T-1 at 2026-12-04T12:00:00Z "
        "domingo/2026-12-13/T-7 at 2026-12-07T11:00:00Z domingo/2026-12-13/T-1 at 2026-12-11T12:00:00Z");
}

TEST_CASE("nine in the morning is the workshop's own, also when clocks change") {
  struct Row {
    std::string_view zone, day, due;
  };
  const std::vector<Row> rows{{"America/Santiago", "2026-09-07", "2026-09-06T12:00:00Z"},
                              {"America/Santiago", "2026-04-06", "2026-04-05T13:00:00Z"},
                              {"America/New_York", "2026-11-02", "2026-11-01T14:00:00Z"},
                              {"America/New_York", "2026-03-09", "2026-03-08T13:00:00Z"},
                              {"America/Phoenix", "2026-11-02", "2026-11-01T16:00:00Z"},
                              {"Pacific/Honolulu", "2026-11-02", "2026-11-01T19:00:00Z"},
                              {"Mars/Olympus", "2026-12-04", "2026-12-03T12:00:00Z"}};  // the country's
  for (const auto& [zone, day, due] : rows) {
    INFO(zone << ' ' << day);
    InspectionWorld world{[&](core::Company& company) { company.time_zone = zone; }};
    world.inspection_rules.before = {days{1}};
    world.book("cita", std::string{day}, 10h);
    const auto noon = instant(std::string{due}) - 2h;
    CHECK(world.shown(world.announce(noon)) == "cita/" + std::string{day} + "/T-1 at " + std::string{due});
  }
}

TEST_CASE("an appointment that is moved is announced for its new day, and what waits of the old one is withdrawn") {
  InspectionWorld world;
  world.book("cita", "2026-12-04", 10h);
  CHECK(world.announce("2026-11-27T15:00:00Z") == "cita/2026-12-04/T-7 at 2026-11-27T15:00:00Z");
  world.book("cita", "2026-12-05", 10h);
  const auto report = world.announce(instant("2026-11-28T15:00:00Z"));
  CHECK(world.shown(report) == "cita/2026-12-05/T-7 at 2026-11-28T15:00:00Z");
  REQUIRE(report.cancelled.size() == 1);
  CHECK(report.cancelled[0].reason == "appointment moved to 2026-12-05");
}

TEST_CASE("cancelled and done appointments, and those of sold vehicles, are not announced") {
  for (const auto state : {AppointmentState::cancelled, AppointmentState::done}) {
    InspectionWorld world;
    world.book("cita", "2026-12-04", 10h, [&](auto& appointment) { appointment.state = state; });
    CHECK(world.announce("2026-12-03T15:00:00Z").empty());
  }
  InspectionWorld world;
  world.book("cita", "2026-12-04", 10h);
  world.sell("v-1");
  CHECK(world.announce("2026-12-03T15:00:00Z").empty());
}

TEST_CASE("a clock that was set back brings back no earlier step of an appointment") {
  InspectionWorld world;
  world.book("cita", "2026-12-04", 10h);
  CHECK_FALSE(world.announce("2026-12-03T15:00:00Z").empty());
  CHECK(world.announce("2026-11-28T15:00:00Z").empty());
}

TEST_CASE("a stored day of the statutory inspection is announced as such, and takes the place of its month") {
  InspectionWorld world;
  world.book("tecnica", "2026-08-20", {}, [](auto& appointment) { appointment.kind = AppointmentKind::tecnica; });
  CHECK(world.hourly("2026-07-01T00:00:00Z", "2026-08-31T00:00:00Z") ==
        "tecnica/2026-08-20/T-7 at 2026-08-13T13:00:00Z tecnica/2026-08-20/T-1 at 2026-08-19T13:00:00Z");
  CHECK(world.notice("tecnica/2026-08-20/T-7").subject ==
        "Revisión técnica de su Toyota Corolla: 20 de agosto de 2026");
}

TEST_CASE("the month of the plate's last digit is announced once a year, at the beginning of the month before") {
  InspectionWorld world;
  CHECK(world.hourly("2026-06-28T00:00:00Z", "2026-09-05T00:00:00Z") == "v-1/tecnica-2026-08 at 2026-07-02T13:00:00Z");
  CHECK(world.announce("2027-07-10T15:00:00Z") == "v-1/tecnica-2027-08 at 2027-07-10T15:00:00Z");
  const auto notice = world.notice("v-1/tecnica-2026-08");
  CHECK(notice.subject == "Revisión técnica de su Toyota Corolla: agosto de 2026");
  CHECK(notice.not_after == instant("2026-09-01T03:59:59Z"));
}

TEST_CASE("January's inspections are announced in December, for the year to come") {
  InspectionWorld world;
  store::Calendar{world.database}.upsert(store::InspectionMonth{"CL", 9, std::chrono::January}, world.start);
  world.put_vehicle("v-9", "ana", [](auto& vehicle) { vehicle.plate = "BBCL49"; });
  CHECK(world.hourly("2026-11-29T00:00:00Z", "2027-02-02T00:00:00Z") == "v-9/tecnica-2027-01 at 2026-12-02T12:00:00Z");
}

TEST_CASE("a cron that was away for forty days announces the month while it lasts") {
  InspectionWorld world;
  CHECK(world.announce("2026-08-11T15:00:00Z") == "v-1/tecnica-2026-08 at 2026-08-11T15:00:00Z");
  InspectionWorld late;
  CHECK(late.announce("2026-09-02T15:00:00Z").empty());
}

TEST_CASE("nobody is told of a month in a country without them, when it is switched off, or once it is done") {
  InspectionWorld elsewhere{[](core::Company& company) { company.country = "US"; }};
  CHECK(elsewhere.announce("2026-07-10T15:00:00Z").empty());
  InspectionWorld off;
  off.inspection_rules.statutory = producers::Statutory::not_told;
  CHECK(off.announce("2026-07-10T15:00:00Z").empty());
  InspectionWorld read;
  store::Odometer{read.database}.upsert(
      read.company, "v-1", {calendar_day("2026-06-20"), 80'000, store::ReadingSource::inspection}, read.start);
  CHECK(read.announce("2026-07-10T15:00:00Z").empty());
  InspectionWorld done;
  done.book("tecnica", "2026-07-01", {}, [](auto& appointment) {
    appointment.kind = AppointmentKind::tecnica;
    appointment.state = AppointmentState::done;
  });
  CHECK(done.announce("2026-07-10T15:00:00Z").empty());
  InspectionWorld sold;
  sold.sell("v-1");
  CHECK(sold.announce("2026-07-10T15:00:00Z").empty());
}

TEST_CASE("vehicles that come later in the month are looked at, and the silenced once a day") {
  InspectionWorld world;
  CHECK_FALSE(world.announce("2026-07-10T15:00:00Z").empty());
  world.run("2026-07-10");  // planning forgets what has changed
  world.put_vehicle("v-2", "ana");
  world.put_customer("luis", "Luis", [](auto& customer) { customer.transactional.emplace(); });
  world.put_vehicle("v-3", "luis");
  CHECK(world.announce("2026-07-11T15:00:00Z") == "v-2/tecnica-2026-08 at 2026-07-11T15:00:00Z");

  InspectionWorld silenced;
  silenced.put_customer("luis", "Luis", [](auto& customer) { customer.transactional.emplace(); });
  silenced.put_vehicle("v-3", "luis");
  CHECK(silenced.announce("2026-07-10T15:00:00Z") == "v-1/tecnica-2026-08 at 2026-07-10T15:00:00Z");
  silenced.run("2026-07-10");
  silenced.put_customer("luis", "Luis");
  CHECK(silenced.announce("2026-07-10T18:00:00Z").empty());
  CHECK(silenced.announce("2026-07-11T15:00:00Z") == "v-3/tecnica-2026-08 at 2026-07-11T15:00:00Z");
}

TEST_CASE("a dry run names the inspections and writes nothing") {
  InspectionWorld world;
  world.book("cita", "2026-07-12", 10h);
  const auto now = instant("2026-07-11T15:00:00Z");
  const auto dry = world.shown(world.announce(now, core::DryRun::yes));
  CHECK(dry == "cita/2026-07-12/T-1 at 2026-07-11T15:00:00Z v-1/tecnica-2026-08 at 2026-07-11T15:00:00Z");
  CHECK(world.shown(world.announce(now, core::DryRun::yes)) == dry);
  CHECK(world.shown(world.announce(now)) == dry);
}

TEST_CASE("inspections come once in ninety-six runs a day, and with the same keys after a backup was restored") {
  InspectionWorld world;
  world.book("cita", "2026-07-12", 10h);
  world.announce("2026-07-01T15:00:00Z");
  std::filesystem::copy_file(world.folder.path() / "store.db", world.folder.path() / "backup.db");
  const auto run_through = [&](store::Database& database) {
    std::vector<std::string> keys;
    for (auto now = instant("2026-07-01T16:00:00Z"); now < instant("2026-07-12T20:00:00Z"); now += 15min) {
      const auto report = producers::announce_inspections(database, world.inspection_rules, {.now = now});
      for (const auto& one : report.created) keys.push_back(one.dedup_key);
    }
    return keys;
  };
  const auto outbox = run_through(world.database);
  CHECK(outbox == std::vector<std::string>{"REVISION_VEHICULO/v-1/tecnica-2026-08/email",
                                           "REVISION_VEHICULO/cita/2026-07-12/T-7/email",
                                           "REVISION_VEHICULO/cita/2026-07-12/T-1/email"});
  auto restored = store::Database::open(world.folder.path() / "backup.db");
  CHECK(run_through(restored) == outbox);
}
