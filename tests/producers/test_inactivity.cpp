#include "producers/inactivity.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "directory_world.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/silences.hpp"
#include "store/subjects.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::Channel;
using core::Status;
using producers::ProducerReport;
using std::chrono::days;
using std::chrono::months;
using test::instant;
using test::keys;
using test::the_day;

namespace {

struct World : test::DirectoryWorld {
  producers::InactivityRules rules{};

  /// A customer who came once, with a vehicle.
  void visit(const std::string& customer, std::string_view day, const Change<store::Customer>& change = {}) {
    put_customer(customer, change);
    put_vehicle("v-" + customer, customer);
    put_document(fmt::format("d-{}-{}", customer, day), customer, day,
                 [&](auto& one) { one.vehicle = "v-" + customer; });
  }
  void remind(const std::string& vehicle, std::string_view due, store::ReminderState state) {
    store::MaintenanceReminder one;
    one.key = "r-" + vehicle;
    one.vehicle = vehicle;
    one.due = the_day(due);
    one.state = state;
    if (state == store::ReminderState::notified) one.notified = start;
    store::MaintenanceReminders{database}.upsert(company, one, start);
  }
  ProducerReport check(core::Instant now, core::DryRun dry_run = core::DryRun::no) {
    return producers::check_inactive(database, rules, {.now = now, .dry_run = dry_run});
  }
  ProducerReport check(std::string_view now, core::DryRun dry_run = core::DryRun::no) {
    return check(instant(now), dry_run);
  }
};

std::vector<std::string> reasons(const ProducerReport& report) {
  std::vector<std::string> result;
  for (const auto& one : report.skipped) result.push_back(one.reason);
  return result;
}

std::string cancelled(const ProducerReport& report) {
  std::string result;
  for (const auto& one : report.cancelled) result += fmt::format("{}: {}\n", one.dedup_key, one.reason);
  return result;
}

constexpr std::string_view at_a_year = "2026-11-20T15:00:00Z";  ///< 2025-11-20 is a year ago
constexpr std::string_view key_at_a_year = "CLIENTE_INACTIVO/ana/2025-11-20/M+12/email";

}  // namespace

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

TEST_CASE("whoever left long before this program came is left alone") {
  World world;
  for (const auto* day : {"2009-03-01", "2020-05-05", "2024-06-01", "2025-08-21", "2025-08-22", "2024-08-22"}) {
    world.visit(std::string{"c-"} + day, day);
  }
  CHECK(keys(world.check(at_a_year)) == "c-2024-08-22/2024-08-22/M+24 c-2025-08-22/2025-08-22/M+12");
  CHECK(world.check("2026-11-20T16:00:00Z").created.empty());
}

TEST_CASE("a cron that was away makes up for what is not too long ago, and only the latest period's") {
  struct Row {
    std::string_view after, made;
  };
  const std::vector<Row> rows{{"2026-11-21", "ana/2025-11-20/M+12"},
                              {"2026-11-23", "ana/2025-11-20/M+12"},
                              {"2026-12-30", "ana/2025-11-20/M+12"},
                              {"2027-02-18", "ana/2025-11-20/M+12"},
                              {"2027-02-19", ""},
                              {"2027-11-20", "ana/2025-11-20/M+24"}};
  for (const auto& [after, made] : rows) {
    INFO(after);
    World world;
    world.visit("ana", "2025-11-20");
    CHECK(keys(world.check(fmt::format("{}T15:00:00Z", after))) == made);
    CHECK(world.check(fmt::format("{}T15:15:00Z", after)).created.empty());
  }
  World world;
  world.rules = {months{1}, 6, days{90}};  // several periods ended within 90 days
  world.visit("ana", "2026-08-20");
  CHECK(keys(world.check(at_a_year)) == "ana/2026-08-20/M+3");
  CHECK(world.check("2026-11-20T16:00:00Z").created.empty());
  const auto report = world.check("2026-12-20T15:00:00Z");
  CHECK(keys(report) == "ana/2026-08-20/M+4");
  CHECK(cancelled(report) == "CLIENTE_INACTIVO/ana/2026-08-20/M+3/email: superseded by M+4\n");
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

TEST_CASE("months end where the calendar lets them, and days begin where the company is") {
  struct Row {
    std::string_view last, zone, before, after;
  };
  const std::vector<Row> rows{
      {"2024-02-29", "America/Santiago", "2025-02-28T02:59:59Z", "2025-02-28T03:00:00Z"},
      {"2023-02-28", "America/Santiago", "2024-02-28T02:59:59Z", "2024-02-28T03:00:00Z"},
      {"2025-08-31", "America/Santiago", "2026-08-31T03:59:59Z", "2026-08-31T04:00:00Z"},
      {"2025-09-06", "America/Santiago", "2026-09-06T03:59:59Z", "2026-09-06T04:00:00Z"},  // begins at 01:00
      {"2025-11-01", "America/New_York", "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z"},
      {"2025-03-08", "America/Phoenix", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z"},
      {"2025-03-08", "Pacific/Honolulu", "2026-03-08T09:59:59Z", "2026-03-08T10:00:00Z"},
      {"2025-12-01", "Mars/Olympus", "2026-12-01T02:59:59Z", "2026-12-01T03:00:00Z"}};  // the country's
  for (const auto& [last, zone, before, after] : rows) {
    INFO(last << " " << zone);
    World world;
    world.put_company([&](auto& company) { company.time_zone = zone; });
    world.visit("ana", last);
    CHECK(world.check(before).created.empty());
    CHECK(keys(world.check(after)) == fmt::format("ana/{}/M+12", last));
  }
}

TEST_CASE("an invitation found out on Saturday is for Monday; a restored copy repeats nothing") {
  World world;
  world.put_company([](auto& company) { company.hours = {8h, 20h, false}; });
  world.visit("ana", "2025-11-22");
  const auto report = world.check("2026-11-21T15:00:00Z");  // Saturday; the year is over on Sunday
  REQUIRE(keys(report) == "ana/2025-11-22/M+12");
  CHECK(report.created[0].due_at == instant("2026-11-23T11:00:00Z"));
  const auto copy = world.folder.path() / "copy.db";
  std::filesystem::copy_file(world.folder.path() / "store.db", copy);
  CHECK(keys(world.check("2027-11-22T15:00:00Z")) == "ana/2025-11-22/M+24");
  auto restored = store::Database::open(copy);
  const auto again = [&] {
    return keys(producers::check_inactive(restored, world.rules, {.now = instant("2027-11-22T15:00:00Z")}));
  };
  CHECK(again() == "ana/2025-11-22/M+24");
  CHECK(again().empty());
}

TEST_CASE("a clock that was set back brings back no earlier period") {
  World world;
  world.visit("ana", "2025-11-20");
  CHECK(keys(world.check("2027-11-22T15:00:00Z")) == "ana/2025-11-20/M+24");
  CHECK(world.check("2026-11-24T15:00:00Z").created.empty());
}

TEST_CASE("no notices are wanted: nobody is invited, and what waits stays") {
  World world;
  world.visit("ana", "2025-11-20");
  world.rules.max_notices = 0;
  CHECK(world.check(at_a_year).created.empty());
}
