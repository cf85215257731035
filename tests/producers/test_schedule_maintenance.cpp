#include <filesystem>
#include <set>

#include "producers/maintenance_world.hpp"
#include "store/templates.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::MaintenanceType;
using store::ReminderState;
using test::calendar_day;
using test::instant;
using test::MaintenanceWorld;

TEST_CASE("an imported reminder is written about thirty days before its day, once, and once more when it is overdue") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run_daily("2026-10-01", "2027-02-01") ==
        "2026-11-01 rec-7/2026-12-01/due 2026-12-15 rec-7/2026-12-01/overdue");
  CHECK(world.state("rec-7") == ReminderState::overdue);
  const auto first = world.message("rec-7/2026-12-01/due");
  CHECK(first.recipient == "ana@example.cl");
  CHECK(first.subject == "Su Toyota Corolla: cambio de aceite el 1 de diciembre");
  CHECK(first.due_at == instant("2026-11-01T15:00:00Z"));
  const auto second = world.message("rec-7/2026-12-01/overdue");
  CHECK(second.subject == "Su Toyota Corolla: cambio de aceite pendiente");
  CHECK(world.text("rec-7/2026-12-01/overdue").find("Fecha prevista: **martes 1 de diciembre de 2026**") !=
        std::string::npos);
}

TEST_CASE("fault 2 of the old system: days ahead are counted back from the day") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.days_before = 7; });
  CHECK(world.run("2026-11-23").empty());
  CHECK(world.run("2026-11-24") == "rec-7/2026-12-01/due");
  CHECK(world.message("rec-7/2026-12-01/due").due_at == instant("2026-11-24T15:00:00Z"));
}

TEST_CASE("fault 3 of the old system: ninety-six runs a day create each message once") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  world.put_plan(6, {}, [](auto& plan) { plan.type = MaintenanceType::frenos; });
  world.put_service("doc-1", "2026-05-20", {}, {MaintenanceType::frenos});
  for (auto now = instant("2026-10-31T00:00:00Z"); now < instant("2026-11-03T00:00:00Z"); now += 15min) world.run(now);
  CHECK(world.keys ==
        std::vector<std::string>{"MANTENIMIENTO_RECORDATORIO/plan/v-1/FRENOS/2026-05-20/2026-11-20/due/email",
                                 "MANTENIMIENTO_RECORDATORIO/rec-7/2026-12-01/due/email"});
}

TEST_CASE("fault 5 of the old system: the odometer of a reminder is read") {
  MaintenanceWorld world;
  world.put_reading("2025-05-01", 80'000);
  world.put_reading("2025-11-01", 85'520);
  world.put_reading("2026-05-01", 90'950);  // 30 km a day
  world.put_reminder("rec-7", "", 96'350);  // 180 days later: 2026-10-28
  CHECK(world.run("2026-09-23").empty());   // 1,000 km before are 34 days
  CHECK(world.run_daily("2026-09-24", "2026-10-05") == "2026-09-25 rec-7/96350/due");
  CHECK(world.text("rec-7/96350/due").find("96.350 km") != std::string::npos);
  CHECK(world.text("rec-7/96350/due").find("Fecha") == std::string::npos);
}

TEST_CASE("fault 5 of the old system: a customer without e-mail but with WhatsApp hears of it") {
  MaintenanceWorld world{[](core::Company& company) {
    company.routes[core::Event::mantenimiento_recordatorio].channels = {core::Channel::email, core::Channel::sms};
    company.accounts.sms.emplace();
    company.accounts.sms->from = "Taller";
    company.accounts.sms->password = {"env:SMS_TOKEN"};
  }};
  world.put_customer("ana", "Ana", [](auto& customer) {
    customer.email.reset();
    customer.phone = "+56961234567";
  });
  world.put_reminder("rec-7", "2026-12-01");
  const auto report = world.run(instant("2026-11-02T15:00:00Z"));
  REQUIRE(report.notices.created.size() == 1);
  CHECK(report.notices.created[0].dedup_key == "MANTENIMIENTO_RECORDATORIO/rec-7/2026-12-01/due/sms");
}

TEST_CASE("a covering document closes what is open and plans the next") {
  MaintenanceWorld world;
  world.put_plan(12);
  world.put_service("doc-1", "2025-12-01");
  CHECK(world.run("2026-10-31").empty());
  CHECK(world.run("2026-11-01") == "plan/v-1/ACEITE/2025-12-01/2026-12-01/due");
  world.put_service("doc-2", "2026-11-20");
  CHECK(world.run("2026-11-20").empty());
  CHECK(world.state("plan/v-1/ACEITE/2025-12-01") == ReminderState::done);
  CHECK(world.reminder("plan/v-1/ACEITE/2025-12-01").reminder.closed_by == "doc-2");
  CHECK(world.reminder("plan/v-1/ACEITE/2026-11-20").reminder.due == calendar_day("2027-11-20"));
  CHECK(world.run_daily("2026-11-21", "2027-11-01") == "2027-10-21 plan/v-1/ACEITE/2026-11-20/2027-11-20/due");
}

TEST_CASE("a document closes an imported reminder when it is newer, or came when it could be announced") {
  struct Row {
    const char *day, *type, *closed;
  };
  const Row rows[] = {{"2026-03-01", "ACEITE", "planned"},  // what the reminder counts from
                      {"2026-11-05", "ACEITE", "done"},     // came with the import, within the thirty days
                      {"2026-11-05", "FRENOS", "notified"}};
  for (const auto& [day, type, closed] : rows) {
    INFO(day << ' ' << type);
    MaintenanceWorld world;
    world.put_reminder("rec-7", "2026-12-01");
    world.put_service("doc-1", day, {}, {*core::value_of(core::maintenance_type_names, type)});
    world.run(std::string_view{day} == "2026-03-01" ? "2026-06-01" : "2026-11-10");
    CHECK(core::name_of(store::reminder_state_names, world.state("rec-7")) == closed);
  }
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2027-06-01");
  world.run("2026-06-01");
  world.put_service("doc-2", "2026-08-01");  // far too early, but newer than the reminder
  CHECK(world.run_daily("2026-08-01", "2027-07-01").empty());
  CHECK(world.state("rec-7") == ReminderState::done);
}

TEST_CASE("an imported reminder takes the place of its type's plan, and gives it back") {
  MaintenanceWorld world;
  world.put_plan(6);
  world.put_service("doc-1", "2026-06-10");
  world.run("2026-07-01");
  CHECK(world.state("plan/v-1/ACEITE/2026-06-10") == ReminderState::planned);
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run_daily("2026-07-02", "2026-12-12") == "2026-11-01 rec-7/2026-12-01/due");
  CHECK(world.state("plan/v-1/ACEITE/2026-06-10") == ReminderState::cancelled);
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.state = ReminderState::cancelled; });
  world.put_reading("2026-12-12", 50'000);
  world.run("2026-12-12");
  CHECK(world.state("plan/v-1/ACEITE/2026-06-10") == ReminderState::notified);
}

TEST_CASE("several reminders of a customer in one run are one message") {
  MaintenanceWorld world;
  world.put_vehicle("v-2", "ana", [](auto& vehicle) {
    vehicle.plate = "KKRR22";
    vehicle.model = "Yaris";
  });
  world.put_customer("luis", "Luis");
  world.put_vehicle("v-3", "luis");
  world.put_reminder("rec-1", "2026-12-01");
  world.put_reminder("rec-2", "2026-12-03", {}, [](auto& reminder) {
    reminder.type = MaintenanceType::frenos;
    reminder.vehicle = "v-2";
  });
  world.put_reminder("rec-3", "2026-11-15", {}, [](auto& reminder) { reminder.type = MaintenanceType::bateria; });
  world.put_reminder("rec-4", "2026-12-02", {}, [](auto& reminder) { reminder.vehicle = "v-3"; });
  CHECK(world.run("2026-11-10") == "rec-1/2026-12-01/due rec-4/2026-12-02/due");
  const auto text = world.text("rec-1/2026-12-01/due");
  for (const auto* part : {"sus vehículos", "Cambio de aceite", "Revisión de frenos", "Revisión de batería",
                           "KKRR22 - Yaris", "BB-CL-45 - Corolla"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("batería") < text.find("aceite"));  // the most urgent first
  for (const auto* key : {"rec-1", "rec-3"}) CHECK(world.state(key) == ReminderState::notified);
  CHECK(world.state("rec-2", "v-2") == ReminderState::notified);
  CHECK(world.run("2026-11-11").empty());
  const auto subjects = store::subjects_of(world.database, world.message("rec-1/2026-12-01/due").id);
  CHECK(subjects.size() == 5);
}

TEST_CASE("missed days bring the latest message that makes sense, and only that") {
  struct Row {
    const char *found_out, *keys;
  };
  const Row rows[] = {{"2026-11-02", "rec-7/2026-12-01/due"},
                      {"2026-11-04", "rec-7/2026-12-01/due"},
                      {"2026-12-11", "rec-7/2026-12-01/due"},  // after 40 days: late, but not yet by two weeks
                      {"2026-12-20", "rec-7/2026-12-01/overdue"},
                      {"2026-12-31", "rec-7/2026-12-01/overdue"},
                      {"2027-01-01", ""}};
  for (const auto& [found_out, keys] : rows) {
    INFO(found_out);
    MaintenanceWorld world;
    world.put_reminder("rec-7", "2026-12-01");
    CHECK(world.run(found_out) == keys);
    CHECK(world.run(found_out).empty());
  }
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run("2026-12-11") == "rec-7/2026-12-01/due");
  CHECK(world.message("rec-7/2026-12-01/due").subject == "Su Toyota Corolla: cambio de aceite pendiente");
  CHECK(world.run_daily("2026-12-12", "2027-03-01") == "2026-12-25 rec-7/2026-12-01/overdue");  // two weeks after it
}

TEST_CASE("a clock that was set back brings nothing back") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run("2026-11-20") == "rec-7/2026-12-01/due");
  CHECK(world.run_daily("2026-10-20", "2026-12-14").empty());
  CHECK(world.run("2026-12-15") == "rec-7/2026-12-01/overdue");
  CHECK(world.run_daily("2026-10-20", "2027-03-01").empty());
}

TEST_CASE("a store restored from backup makes the same keys again, and nothing beside them") {
  MaintenanceWorld world;
  world.put_plan(6, 10'000);
  world.put_service("doc-1", "2026-06-10", 40'000);
  world.put_reading("2026-01-10", 34'000);
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.type = MaintenanceType::frenos; });
  world.run("2026-10-01");
  std::filesystem::copy_file(world.folder.path() / "store.db", world.folder.path() / "backup.db");
  world.run_daily("2026-10-02", "2026-12-31");
  const std::set<std::string> outbox(world.keys.begin(), world.keys.end());
  REQUIRE(outbox.size() == world.keys.size());
  REQUIRE(outbox.size() >= 3);
  auto restored = store::Database::open(world.folder.path() / "backup.db");
  std::set<std::string> again;
  for (auto now = instant("2026-10-02T15:00:00Z"); now < instant("2027-01-01T00:00:00Z"); now += 24h) {
    for (const auto& one : producers::remind_of_maintenance(restored, world.rules, {.now = now}).notices.created) {
      CHECK(again.insert(one.dedup_key).second);
    }
  }
  CHECK(again == outbox);
}

TEST_CASE("a vehicle that was sold is not written about, and what is open of it is cancelled") {
  MaintenanceWorld world;
  world.put_plan(6);
  world.put_service("doc-1", "2026-06-10");
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.type = MaintenanceType::frenos; });
  world.run("2026-07-01");
  world.sell("v-1");
  CHECK(world.run_daily("2026-07-02", "2027-01-31").empty());
  CHECK(world.state("rec-7") == ReminderState::cancelled);
  CHECK(world.state("plan/v-1/ACEITE/2026-06-10") == ReminderState::cancelled);
}

TEST_CASE("an odometer typing error moves nothing, and is reported") {
  MaintenanceWorld world;
  world.put_reading("2025-05-01", 80'000);
  world.put_reading("2025-11-01", 85'520);
  world.put_reading("2026-02-01", 882'800);
  world.put_reading("2026-05-01", 90'950);
  world.put_reminder("rec-7", "", 96'350);
  const auto report = world.run(instant("2026-09-20T15:00:00Z"));
  CHECK(report.notices.created.empty());
  REQUIRE(report.rejected.size() == 1);
  CHECK(report.rejected[0].vehicle == "v-1");
  CHECK(report.rejected[0].sentence == "882,800 km of 2026-02-01 looks like an extra digit");
  CHECK(world.run("2026-09-25") == "rec-7/96350/due");
}

TEST_CASE("a new reading moves the day of a mileage, also after it was announced, and nobody is told twice of it") {
  MaintenanceWorld world;
  world.put_reading("2025-05-01", 80'000);
  world.put_reading("2025-11-01", 85'520);
  world.put_reading("2026-05-01", 90'950);
  world.put_reminder("rec-7", "", 96'350);
  CHECK(world.run("2026-09-25") == "rec-7/96350/due");
  world.put_reading("2026-10-01", 91'500);  // the car was hardly driven
  CHECK(world.run("2026-10-01").empty());
  CHECK(world.state("rec-7") == ReminderState::planned);
  CHECK(world.run_daily("2026-10-02", "2027-03-01").find("/due") == std::string::npos);
}

TEST_CASE("who was told of a mileage beside something else is not told of it again when its day has moved") {
  MaintenanceWorld world;
  world.put_reading("2025-05-01", 80'000);
  world.put_reading("2025-11-01", 85'520);
  world.put_reading("2026-05-01", 90'950);
  world.put_reminder("rec-1", "2026-10-20", {}, [](auto& reminder) { reminder.type = MaintenanceType::frenos; });
  world.put_reminder("rec-2", "", 96'350);
  CHECK(world.run("2026-09-25") == "rec-1/2026-10-20/due");
  world.put_reading("2026-10-01", 94'000);
  CHECK(world.run("2026-10-01").empty());
  CHECK(world.state("rec-2") == ReminderState::planned);
  CHECK(world.run_daily("2026-10-02", "2026-12-20").find("rec-2/96350/due") == std::string::npos);
  CHECK(world.state("rec-2") == ReminderState::notified);
}

TEST_CASE("miles are read, thought and written in miles") {
  MaintenanceWorld world{[](core::Company& company) {
    company.country = "US";
    company.time_zone = "America/New_York";
    company.currency = "USD";
    company.language = core::Language::en;
  }};
  world.put_vehicle("v-1", "ana", [](auto& vehicle) { vehicle.unit = core::DistanceUnit::mi; });
  world.put_plan({}, 5'000, [](auto& plan) { plan.distance->unit = core::DistanceUnit::mi; });
  world.put_reading("2025-10-01", 45'000);
  world.put_service("doc-1", "2026-04-01", 50'000);
  world.put_reading("2026-07-01", 52'500);
  world.run("2026-07-01");
  CHECK(world.reminder("plan/v-1/ACEITE/2026-04-01").reminder.due_odometer == 55'000);
  CHECK_FALSE(world.run_daily("2026-07-02", "2026-10-01").empty());
  CHECK(world.text("plan/v-1/ACEITE/2026-04-01/55000/due").find("55,000 miles") != std::string::npos);
}

TEST_CASE("the day begins where the workshop is, also on days on which clocks change") {
  struct Row {
    std::string_view zone, due, before, after;  ///< thirty days ahead, the last second and the first
  };
  const std::vector<Row> rows{
      {"America/Santiago", "2026-10-06", "2026-09-06T03:59:59Z", "2026-09-06T04:00:00Z"},  // midnight does not exist
      {"America/Santiago", "2026-05-05", "2026-04-05T03:59:59Z", "2026-04-05T04:00:00Z"},  // its last hour came twice
      {"America/New_York", "2026-12-01", "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z"},
      {"America/New_York", "2026-04-07", "2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z"},
      {"America/Phoenix", "2026-12-01", "2026-11-01T06:59:59Z", "2026-11-01T07:00:00Z"},
      {"Pacific/Honolulu", "2026-12-01", "2026-11-01T09:59:59Z", "2026-11-01T10:00:00Z"},
      {"Mars/Olympus", "2026-12-01", "2026-11-01T02:59:59Z", "2026-11-01T03:00:00Z"}};  // the country's
  for (const auto& [zone, due, before, after] : rows) {
    INFO(zone << ' ' << due);
    MaintenanceWorld world{[&](core::Company& company) { company.time_zone = zone; }};
    world.put_reminder("rec-7", std::string{due});
    CHECK(world.run(instant(before)).notices.created.empty());
    CHECK(world.run(instant(after)).notices.created.size() == 1);
  }
}

TEST_CASE("month ends and the 29th of February") {
  struct Row {
    const char* serviced;
    int months;
    const char* due;
  };
  const Row rows[] = {{"2026-01-31", 1, "2026-02-28"},
                      {"2024-02-29", 12, "2025-02-28"},
                      {"2027-08-31", 6, "2028-02-29"},
                      {"2026-08-31", 6, "2027-02-28"},
                      {"2024-02-29", 48, "2028-02-29"}};
  for (const auto& [serviced, months, due] : rows) {
    INFO(serviced << " + " << months);
    MaintenanceWorld world;
    world.put_plan(months);
    world.put_service("doc-1", serviced);
    world.run(serviced);
    CHECK(world.reminder("plan/v-1/ACEITE/" + std::string{serviced}).reminder.due == calendar_day(due));
  }
}

TEST_CASE("who is silenced hears of it when the silence ends, if it still makes sense") {
  struct Row {
    const char *until, *keys;
  };
  const Row rows[] = {{"2026-11-10", "2026-11-11 rec-7/2026-12-01/due 2026-12-15 rec-7/2026-12-01/overdue"},
                      {"2026-12-20", "2026-12-21 rec-7/2026-12-01/overdue"},
                      {"2027-02-01", ""}};
  for (const auto& [until, keys] : rows) {
    INFO(until);
    MaintenanceWorld world;
    world.put_reminder("rec-7", "2026-12-01");
    store::Silence silence;
    silence.customer = "ana";
    silence.until = calendar_day(until);
    store::Silences{world.database}.upsert(world.company, silence, world.start);
    CHECK(world.run_daily("2026-10-25", "2027-03-01") == keys);
  }
}

TEST_CASE("who wants no such messages gets none, and one vehicle's silence does not silence the other") {
  MaintenanceWorld world;
  world.put_customer("ana", "Ana", [](auto& customer) { customer.transactional.emplace(); });
  world.put_reminder("rec-7", "2026-12-01");
  const auto report = world.run(instant("2026-11-10T15:00:00Z"));
  CHECK(report.notices.created.empty());
  REQUIRE(report.notices.skipped.size() == 1);
  CHECK(report.notices.skipped[0].reason == "wants no transactional messages");
  CHECK(world.run(instant("2026-11-10T16:00:00Z")).notices.skipped.empty());  // looked at again tomorrow
  CHECK(world.state("rec-7") == ReminderState::planned);

  world.put_customer("ana", "Ana");
  world.put_vehicle("v-2", "ana");
  world.put_reminder("rec-8", "2026-12-01", {}, [](auto& reminder) { reminder.vehicle = "v-2"; });
  store::Silence silence;
  silence.vehicle = "v-1";
  silence.until = calendar_day("2026-11-20");
  store::Silences{world.database}.upsert(world.company, silence, world.start);
  CHECK(world.run("2026-11-12") == "rec-8/2026-12-01/due");
  CHECK(world.run("2026-11-21") == "rec-7/2026-12-01/due");
}

TEST_CASE("whom nobody can reach is looked at again the next day; a text that cannot be rendered in the next run") {
  MaintenanceWorld world;
  world.put_customer("ana", "Ana", [](auto& customer) { customer.email.reset(); });
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run(instant("2026-11-10T15:00:00Z")).notices.skipped.size() == 1);
  world.put_customer("ana", "Ana");
  CHECK(world.run(instant("2026-11-10T15:15:00Z")).notices.created.empty());
  store::Templates templates{world.database};
  templates.put(std::nullopt, "mantenimiento_recordatorio.es", "subject: x\n\n{{ nada|nofilter }}", world.start);
  CHECK(world.run(instant("2026-11-11T15:00:00Z")).notices.failed.size() == 1);
  templates.put(std::nullopt, "mantenimiento_recordatorio.es", "subject: x\n\nHola", world.start);
  CHECK(world.run(instant("2026-11-11T15:15:00Z")).notices.created.size() == 1);
}

TEST_CASE("what is found out while the workshop sleeps is written for the moment at which it is read") {
  MaintenanceWorld world{[](core::Company& company) { company.hours = {8h, 20h, false}; }};
  world.put_reminder("rec-7", "2026-12-21");
  const auto report = world.run(instant("2026-11-21T15:00:00Z"));  // Saturday, 30 days before
  REQUIRE(report.notices.created.size() == 1);
  CHECK(report.notices.created[0].due_at == instant("2026-11-23T11:00:00Z"));  // Monday, 08:00
  world.run(instant("2026-12-21T15:00:00Z"));
}

TEST_CASE("the more particular threshold counts") {
  struct Row {
    std::optional<int> plans, reminders;
    const char* announced;
  };
  const Row rows[] = {{{}, {}, "2026-11-01"}, {10, {}, "2026-11-21"}, {10, 3, "2026-11-28"}, {{}, 60, "2026-10-02"}};
  for (const auto& [plans, reminders, announced] : rows) {
    INFO(announced);
    MaintenanceWorld world;
    world.put_plan(12, {}, [&](auto& plan) { plan.days_before = plans; });
    world.put_reminder("rec-7", "2026-12-01", {}, [&](auto& reminder) { reminder.days_before = reminders; });
    CHECK(world.run_daily("2026-09-15", "2026-12-05") == std::string{announced} + " rec-7/2026-12-01/due");
  }
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run("2026-10-15").empty());
  world.rules.thresholds.before = std::chrono::days{60};  // other rules: everything is planned anew
  CHECK(world.run("2026-10-15") == "rec-7/2026-12-01/due");
}

TEST_CASE("a reminder that the host moves is written about again, for its new day") {
  MaintenanceWorld world;
  world.put_reminder("rec-7", "2026-12-01");
  CHECK(world.run("2026-11-10") == "rec-7/2026-12-01/due");
  auto reminder = world.reminder("rec-7").reminder;
  reminder.due = calendar_day("2027-03-01");
  store::MaintenanceReminders{world.database}.upsert(world.company, reminder, world.start);
  CHECK(world.run_daily("2026-11-11", "2027-02-10") == "2027-01-30 rec-7/2027-03-01/due");
}

TEST_CASE("a dry run says the same as the run after it, and changes nothing") {
  MaintenanceWorld world;
  world.put_plan(12);
  world.put_service("doc-1", "2025-12-01");
  world.put_reminder("rec-7", "2026-12-01", {}, [](auto& reminder) { reminder.type = MaintenanceType::frenos; });
  const auto now = instant("2026-11-10T15:00:00Z");
  const auto dry = MaintenanceWorld::made(world.run(now, core::DryRun::yes));
  CHECK(dry == "plan/v-1/ACEITE/2025-12-01/2026-12-01/due");
  CHECK(MaintenanceWorld::made(world.run(now, core::DryRun::yes)) == dry);
  CHECK(MaintenanceWorld::made(world.run(now)) == dry);
}
