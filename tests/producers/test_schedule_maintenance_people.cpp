#include "producers/maintenance_world.hpp"
#include "store/templates.hpp"

using namespace egarage;
using core::MaintenanceType;
using store::ReminderState;
using test::calendar_day;
using test::instant;
using test::MaintenanceWorld;

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
