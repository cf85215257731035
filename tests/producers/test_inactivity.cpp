#include "producers/inactivity.hpp"

#include <fmt/format.h>

#include "inactivity_world.hpp"
#include "store/silences.hpp"
#include "store/subjects.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::Channel;
using test::at_a_year;
using test::cancelled;
using test::instant;
using test::key_at_a_year;
using test::keys;
using test::reasons;
using test::the_day;
using World = test::InactivityWorld;

TEST_CASE("an invitation names the last visit and the vehicle, and says how to stop") {
  World world;
  world.visit("ana", "2025-11-20");
  CHECK(world.check("2026-11-19T15:00:00Z").created.empty());
  const auto report = world.check(at_a_year);
  REQUIRE(keys(report) == "ana/2025-11-20/M+12");
  const auto row = world.found(key_at_a_year);
  CHECK(row.due_at == instant(at_a_year));
  CHECK(row.subject == "Ana, ¿cómo está su Toyota Yaris?");
  CHECK(row.body.find("20 de noviembre de 2025") != std::string::npos);
  CHECK(row.body.find("responda BAJA") != std::string::npos);
  CHECK(row.not_after == instant("2027-02-19T02:59:59Z"));  // 90 days after the year, inclusive
  CHECK(store::customer_of(world.database, row.id) == "ana");
  CHECK(store::subjects_of(world.database, row.id) ==
        std::vector<store::Subject>{{store::SubjectKind::vehicle, "v-ana"}});
}

TEST_CASE("fault 3 of the old system: ninety-six runs a day for years invite once a period, and twice at most") {
  World world;
  world.visit("ana", "2025-11-20");
  std::string all;
  const auto run_through = [&](std::string_view first, std::string_view last) {
    for (auto now = instant(first); now < instant(last); now += 15min) {
      const auto made = keys(world.check(now));
      if (!made.empty()) all += (all.empty() ? "" : " ") + made;
    }
  };
  run_through("2026-11-19T12:00:00Z", "2026-11-24T12:00:00Z");
  for (auto now = instant("2026-11-24T12:00:00Z"); now < instant("2030-12-24T12:00:00Z"); now += 24h) {
    const auto made = keys(world.check(now));
    if (!made.empty()) all += (all.empty() ? "" : " ") + made;
  }
  CHECK(all == "ana/2025-11-20/M+12 ana/2025-11-20/M+24");
}

TEST_CASE("fault 5 of the old system: who stays away has a producer, and WhatsApp reaches whom e-mail does not") {
  World world;
  world.put_company([](auto& company) {
    company.routes[core::Event::cliente_inactivo].channels = {Channel::email, Channel::whatsapp};
    company.accounts.whatsapp.emplace();
    company.accounts.whatsapp->transport = "file";
    company.accounts.whatsapp->phone_number_id = "1";
    company.accounts.whatsapp->password = {"env:TOKEN"};
  });
  world.visit("ana", "2025-11-20", [](auto& one) {
    one.email.reset();
    one.phone = "+56961234567";
  });
  const auto report = world.check(at_a_year);
  REQUIRE(report.created.size() == 1);
  const auto row = world.found("CLIENTE_INACTIVO/ana/2025-11-20/M+12/whatsapp");
  CHECK(row.recipient == "+56961234567");
  CHECK(row.body.find("BAJA") != std::string::npos);
  CHECK(reasons(report) == std::vector<std::string>{"no e-mail address"});
}

TEST_CASE("opted out is opted out, on whatever channel it was said") {
  World world;
  const auto with_phone = [](auto& one) { one.phone = "+56961234567"; };
  world.visit("ana", "2025-11-20", with_phone);
  world.visit("bea", "2025-11-20", [](auto& one) { one.promotional.emplace(); });
  world.visit("caro", "2025-11-20", [](auto& one) { one.email = "caro@example.cl"; });
  world.directory.suppress(world.company, Channel::sms, "+56961234567", store::SuppressionScope::promotional,
                           "answered STOP", world.start);
  auto report = world.check(at_a_year);
  CHECK(keys(report) == "caro/2025-11-20/M+12");
  CHECK(reasons(report) == std::vector<std::string>{"opted out: answered STOP", "wants no promotional messages"});
  world.directory.suppress(world.company, Channel::email, "caro@example.cl", store::SuppressionScope::promotional,
                           "recorded by hand", world.start);
  CHECK(cancelled(world.check("2026-11-20T16:00:00Z")) ==
        "CLIENTE_INACTIVO/caro/2025-11-20/M+12/email: opted out: recorded by hand\n");
}

TEST_CASE("nobody is invited while something is open") {
  struct Row {
    std::string_view what, reason;
    std::function<void(World&)> open;
  };
  using State = store::ReminderState;
  const std::vector<Row> rows{
      {"unpaid", "has an unpaid document",
       [](World& world) {
         world.put_document("old", "ana", "2024-01-01", [](auto& one) { one.due = the_day("2024-02-01"); });
       }},
      {"notified", "has a maintenance reminder",
       [](World& world) { world.remind("v-ana", "2026-11-01", State::notified); }},
      {"overdue", "has a maintenance reminder",
       [](World& world) { world.remind("v-ana", "2026-01-01", State::overdue); }},
      {"soon", "has a maintenance reminder", [](World& world) { world.remind("v-ana", "2026-12-20", State::planned); }},
      {"later", "", [](World& world) { world.remind("v-ana", "2026-12-21", State::planned); }},
      {"done", "", [](World& world) { world.remind("v-ana", "2026-11-20", State::done); }},
      {"paid", "",
       [](World& world) {
         world.put_document("old", "ana", "2024-01-01", [](auto& one) {
           one.due = the_day("2024-02-01");
           one.paid = the_day("2024-02-01");
         });
       }},
      {"sold", "has sold all vehicles",
       [](World& world) { world.put_vehicle("v-ana", "ana", [](auto& one) { one.sold = true; }); }},
      {"no vehicle left, another one bought", "",
       [](World& world) {
         world.put_vehicle("v-ana", "ana", [](auto& one) { one.sold = true; });
         world.put_vehicle("v-2", "ana");
       }},
      {"silent", "silent until 2026-11-20: quiet", [](World& world) {
         store::Silences{world.database}.upsert(world.company, {"ana", {}, {}, the_day("2026-11-20"), "quiet"},
                                                world.start);
       }}};
  for (const auto& [what, reason, open] : rows) {
    INFO(what);
    {
      World world;
      world.visit("ana", "2025-11-20");
      open(world);
      const auto report = world.check(at_a_year);
      CHECK(report.created.empty() == !reason.empty());
      CHECK(reasons(report) == (reason.empty() ? std::vector<std::string>{} : std::vector{std::string{reason}}));
    }
    World world;
    world.visit("ana", "2025-11-20");
    world.check(at_a_year);
    open(world);
    const bool withdrawn = !reason.empty() && what != "silent";  // a silence is the delivery's to keep
    CHECK((world.check("2026-11-20T16:00:00Z").cancelled.size() == 1) == withdrawn);
    CHECK((world.found(key_at_a_year).reason == reason) == (withdrawn || reason.empty()));
  }
}

TEST_CASE("whoever comes back gets no invitation, and begins anew") {
  World world;
  world.visit("ana", "2025-11-20");
  world.check(at_a_year);
  world.put_document("d-2", "ana", "2026-11-20");
  CHECK(cancelled(world.check("2026-11-20T16:00:00Z")) == std::string{key_at_a_year} + ": came back on 2026-11-20\n");
  CHECK(world.check("2027-11-19T15:00:00Z").created.empty());
  CHECK(keys(world.check("2027-11-20T15:00:00Z")) == "ana/2026-11-20/M+12");
}

TEST_CASE("a sold vehicle, one that changed hands, or none: the text speaks of none in particular") {
  const std::vector<std::function<void(World&)>> rows{
      [](World& world) {
        world.put_vehicle("v-ana", "ana", [](auto& one) { one.sold = true; });
        world.put_vehicle("v-2", "ana", [](auto& one) { one.model = "Corolla"; });
      },
      [](World& world) {
        world.put_customer("bea");
        world.put_vehicle("v-ana", "bea");
      },
      [](World& world) {
        world.put_customer("ana");
        world.change_document("d-ana-2025-11-20", [](auto& one) { one.vehicle.reset(); });
        world.put_customer("bea");
        world.put_vehicle("v-ana", "bea");
      }};
  for (const auto& change : rows) {
    World world;
    world.visit("ana", "2025-11-20");
    change(world);
    CHECK(keys(world.check(at_a_year)) == "ana/2025-11-20/M+12");
    CHECK(world.found(key_at_a_year).subject == "Ana, ¿cómo está su vehículo?");
  }
}

TEST_CASE("no notices are wanted: nobody is invited, and what waits stays") {
  World world;
  world.visit("ana", "2025-11-20");
  world.rules.max_notices = 0;
  CHECK(world.check(at_a_year).created.empty());
}
