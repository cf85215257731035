#include "report/subject_story.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/appointments.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/silences.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using core::parse_date;

namespace {

/// Ana and her Yaris at a workshop that writes e-mails.
struct World : test::DeliveryWorld {
  store::StoredCompany company;
  store::Customer ana;
  store::Vehicle yaris;
  report::Telling telling;

  World() : DeliveryWorld("2026-11-20T15:00:00Z") {
    add_company("taller-sur");
    company = *directory.find_company("taller-sur");
    ana.key = "c-7";
    ana.name = "Ana";
    ana.surname = "Soto";
    ana.email = "ana@example.cl";
    yaris.key = "v-12";
    yaris.customer = "c-7";
    yaris.plate = "BB-CL-45";
    yaris.make = "Toyota";
    yaris.model = "Yaris";
    yaris.year = 2019;
    telling.now = now;
    save();
  }
  void save() {
    store::Customers{database}.upsert(company.id, ana, now);
    store::Vehicles{database}.upsert(company.id, yaris, "CL", now);
  }
  void plan(std::string_view due) {
    store::MaintenanceReminder reminder;
    reminder.key = "r-1";
    reminder.vehicle = "v-12";
    reminder.type = core::MaintenanceType::aceite;
    reminder.due = parse_date(due);
    store::MaintenanceReminders{database}.upsert(company.id, reminder, now);
  }
  report::SubjectStory of_vehicle() { return report::story_of_vehicle(database, company, yaris, telling); }
};

bool says(const std::vector<std::string>& lines, std::string_view words) {
  return std::ranges::any_of(lines, [&](const auto& line) { return line.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("A vehicle whose maintenance is planned, with an owner who can be reached, meets no obstacle") {
  World world;
  world.plan("2026-12-20");
  const auto story = world.of_vehicle();
  CHECK(story.obstacles.empty());
  const auto text = report::to_text(story);
  for (const auto* words : {"BB-CL-45 (Toyota Yaris 2019), key v-12", "reminder r-1 (planned): due 2026-12-20",
                            "MANTENIMIENTO_RECORDATORIO: email", "e-mail: a…@example.cl", "none"}) {
    CHECK_THAT(text, Catch::Contains(words));
  }
  CHECK_THAT(text, !Catch::Contains("ana@example.cl"));
}

TEST_CASE("Why a vehicle gets nothing is the first thing that its story says") {
  struct Row {
    const char* words;
    std::function<void(World&)> change;
  };
  const Row rows[] = {
      {"BB-CL-45: no plan applies to the vehicle", [](World&) {}},
      {"BB-CL-45 is sold", [](World& world) { world.yaris.sold = true; }},
      {"no e-mail address", [](World& world) { world.ana.email.reset(); }},
      {"MANTENIMIENTO_RECORDATORIO: wants no transactional messages",
       [](World& world) { world.ana.transactional.emplace(); }},
      {"MANTENIMIENTO_RECORDATORIO: silent until 2026-12-31: travelling",
       [](World& world) {
         store::Silence silence;
         silence.vehicle = "v-12";
         silence.until = *parse_date("2026-12-31");
         silence.reason = "travelling";
         store::Silences{world.database}.upsert(world.company.id, silence, world.now);
       }},
      {"taller-sur has no sms account",
       [](World& world) { world.ana.transactional = std::vector{core::Channel::sms}; }},
      {"email: not to be written to: bounced",
       [](World& world) {
         world.directory.suppress(world.company.id, core::Channel::email, "ana@example.cl",
                                  store::SuppressionScope::all, "bounced", world.now);
       }},
      {"the email account is blocked: 535",
       [](World& world) {
         store::AccountHealth health;
         health.state = store::AccountState::blocked;
         health.retry_at = world.now + std::chrono::hours{1};
         health.failures = 1;
         health.reason = "535 wrong password";
         world.directory.set_account_health({world.company.id, core::Channel::email}, health, {}, world.now);
       }},
  };
  for (const auto& row : rows) {
    INFO(row.words);
    World world;
    row.change(world);
    world.save();
    const auto story = world.of_vehicle();
    CHECK(says(story.obstacles, row.words));
    CHECK_THAT(report::to_text(story), Catch::Contains(row.words));
  }
}

TEST_CASE("A story names the messages about its subject, and what became of them") {
  World world;
  const auto about = [](std::vector<store::Subject> subjects) {
    return [subjects](store::NewNotification& one) {
      one.customer = "c-7";
      one.subjects = subjects;
    };
  };
  world.enqueue(world.company.id, "doc-1", about({{store::SubjectKind::vehicle, "v-12"}}));
  world.enqueue(world.company.id, "doc-2", about({{store::SubjectKind::vehicle, "v-99"}}));
  world.run();
  const auto of_vehicle = world.of_vehicle().sections.back();
  REQUIRE(of_vehicle.lines.size() == 1);
  CHECK(of_vehicle.lines.front() == "1 DOCUMENTO_CREADO by email, accepted 2026-11-20 12:00");
  const auto of_customer = report::story_of_customer(world.database, world.company, world.ana, world.telling);
  CHECK(of_customer.sections.back().lines.size() == 2);
}

TEST_CASE("What the address got as nobody's in particular counts for the customer who has it") {
  World world;
  const auto spoken = [&] {
    const auto story = report::story_of_customer(world.database, world.company, world.ana, world.telling);
    return says(story.obstacles, "has had as many collection messages as the limit allows");
  };
  world.enqueue(world.company.id, "other", [](store::NewNotification& one) {
    one.event = core::Event::pago_pendiente;
    one.recipient = "luis@example.cl";
  });
  world.run();
  CHECK_FALSE(spoken());
  world.enqueue(world.company.id, "bill", [](store::NewNotification& one) {
    one.event = core::Event::pago_pendiente;
    one.recipient = "ana@example.cl";
  });
  world.run();
  CHECK(spoken());
}

TEST_CASE("A document that nobody has to pay is told so") {
  World world;
  store::Document document;
  document.key = "d-1";
  document.customer = "c-7";
  document.type = "Factura";
  document.date = *parse_date("2026-11-01");
  const auto obstacles = [&] {
    store::Documents{world.database}.upsert(world.company.id, document, world.now);
    return report::story_of_document(world.database, world.company, document, world.telling).obstacles;
  };
  CHECK(says(obstacles(), "no due date"));
  document.due = parse_date("2026-12-01");
  CHECK(obstacles().empty());
  document.paid = parse_date("2026-11-10");
  CHECK(says(obstacles(), "it is paid"));
}

TEST_CASE("A story as JSON has the same parts") {
  World world;
  const auto json = nlohmann::json::parse(report::to_json(world.of_vehicle()));
  CHECK(json["title"] == "Vehicle BB-CL-45 (Toyota Yaris 2019), key v-12");
  CHECK(json["obstacles"].size() == 1);
  CHECK(json["sections"].back()["heading"] == "Messages about it, newest first");
}
