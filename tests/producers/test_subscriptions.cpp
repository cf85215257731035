#include "producers/subscriptions.hpp"

#include <fmt/format.h>

#include <sstream>

#include "producers/enqueue.hpp"
#include "store/directory.hpp"
#include "store/history.hpp"
#include "store/templates.hpp"
#include "support/catch.hpp"
#include "support/example_account.hpp"
#include "support/temporary_folder.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::Channel;
using core::Event;
using core::Status;
using producers::ProducerReport;
using std::chrono::days;

namespace {

core::Instant instant(std::string_view text) {
  const auto parsed = core::parse_instant(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

/// Companies whose subscription ends, in a store of their own.
struct World {
  test::TemporaryFolder folder;
  core::Instant start = instant("2026-10-01T12:00:00Z");
  store::Database database = store::Database::create_or_upgrade(folder.path() / "store.db", start);
  store::Directory directory{database};
  store::History history{database};
  producers::LadderRules rules{{days{-30}, days{-7}, days{-5}, days{-1}, days{0}, days{1}, days{7}}, days{30}};

  World() {
    store::Platform platform;
    platform.accounts.email = test::example_account("avisos@egarage.example");
    directory.set_platform(platform, start);
  }

  store::CompanyId put(
      std::string_view ends, const std::function<void(core::Company&)>& change = [](core::Company&) {}) {
    core::Company company;
    company.slug = "taller-sur";
    company.name = "Taller Sur";
    company.country = "CL";
    company.time_zone = "America/Santiago";
    company.currency = "CLP";
    company.admin = {"Marta Ríos", "marta@example.cl"};
    company.subscription = {core::parse_date(ends), "premium", true};
    company.hours = {std::chrono::hours{0}, std::chrono::hours{24}, true};
    change(company);
    directory.upsert_company(company, start);
    return directory.find_company(company.slug)->id;
  }

  ProducerReport check(std::string_view now, core::DryRun dry_run = core::DryRun::no) {
    return producers::check_subscriptions(database, rules, {.now = instant(now), .dry_run = dry_run});
  }
  ProducerReport check(core::Instant now) { return producers::check_subscriptions(database, rules, {.now = now}); }

  store::NotificationRecord found(std::string_view key, std::string_view slug = "taller-sur") {
    const auto record = history.notification(directory.find_company(slug)->id, key);
    INFO(key);
    REQUIRE(record.has_value());
    return *record;
  }
};

/// The keys, without what all of them have: `VENCE/2026-12-01/T-5 VENCIDA/…`.
std::string keys(const ProducerReport& report) {
  std::string result;
  for (const auto& one : report.created) {
    auto key = one.dedup_key.substr(std::string_view{"SUSCRIPCION_"}.size());
    key.resize(key.rfind('/'));
    result += (result.empty() ? "" : " ") + key;
  }
  return result;
}

}  // namespace

TEST_CASE("the administrator is told, by the platform, in the words of the day") {
  World world;
  world.put("2026-12-01");
  const auto report = world.check("2026-11-26T15:00:00Z");
  REQUIRE(report.created.size() == 1);
  CHECK(report.created[0].company == "taller-sur");
  const auto row = world.found("SUSCRIPCION_VENCE/2026-12-01/T-5/email");
  CHECK(row.event == Event::suscripcion_vence);
  CHECK(row.sent_by == store::SentBy::platform);
  CHECK(row.recipient == "marta@example.cl");
  CHECK(row.recipient_name == "Marta Ríos");
  CHECK(row.subject == "Su suscripción a E-Garage vence en 5 días");
  CHECK(row.body.find("martes 1 de diciembre de 2026") != std::string::npos);
  CHECK(row.body.find("Plan: **premium**") != std::string::npos);
  CHECK(row.not_after == instant("2026-11-30T02:59:59Z"));  // the next step's day begins at 03:00 UTC
}

TEST_CASE("fault 2 of the old system: days ahead are counted back from the date, and the notice is due at once") {
  World world;
  world.put("2026-12-01");
  const auto report = world.check("2026-11-24T15:00:00Z");
  REQUIRE(keys(report) == "VENCE/2026-12-01/T-7");
  CHECK(report.created[0].due_at == instant("2026-11-24T15:00:00Z"));
  CHECK(world.found(report.created[0].dedup_key).due_at == instant("2026-11-24T15:00:00Z"));
}

TEST_CASE("fault 3 of the old system: ninety-six runs a day for a quarter create each notice once") {
  World world;
  world.put("2026-12-01");
  std::string all;
  for (auto now = instant("2026-10-15T12:00:00Z"); now < instant("2027-01-15T12:00:00Z"); now += 15min) {
    const auto made = keys(world.check(now));
    if (!made.empty()) all += (all.empty() ? "" : " ") + made;
  }
  CHECK(all ==
        "VENCE/2026-12-01/T-30 VENCE/2026-12-01/T-7 VENCE/2026-12-01/T-5 VENCE/2026-12-01/T-1 VENCE/2026-12-01/T-0 "
        "VENCIDA/2026-12-01/T+1 VENCIDA/2026-12-01/T+7");
}

TEST_CASE("fault 3 of the old system: a day without cron is made up for, with the number of days that are left") {
  World world;
  world.put("2026-12-01");
  CHECK(keys(world.check("2026-11-28T15:00:00Z")) == "VENCE/2026-12-01/T-5");
  CHECK(world.found("SUSCRIPCION_VENCE/2026-12-01/T-5/email").subject == "Su suscripción a E-Garage vence en 3 días");
}

TEST_CASE("fault 4 of the old system: a company that is not active hears that its subscription has ended") {
  World world;
  world.put("2026-12-01", [](auto& company) { company.subscription.active = false; });
  CHECK(keys(world.check("2026-12-02T15:00:00Z")) == "VENCIDA/2026-12-01/T+1");
  const auto row = world.found("SUSCRIPCION_VENCIDA/2026-12-01/T+1/email");
  CHECK(row.event == Event::suscripcion_vencida);
  CHECK(row.subject == "Su suscripción a E-Garage venció el 1 de diciembre");
}

TEST_CASE("fault 12 of the old system: what the program does by itself is in the audit, and needs no user for that") {
  World world;
  world.put("2026-12-01");
  world.check("2026-11-26T15:00:00Z");
  world.put("2027-12-01");
  world.check("2026-11-26T16:00:00Z");
  const auto row = world.found("SUSCRIPCION_VENCE/2026-12-01/T-5/email");
  REQUIRE(row.audit_records.size() == 2);
  CHECK(row.audit_records[0].to == "queued");
  CHECK(row.audit_records[1].to == "cancelled");
  CHECK(row.audit_records[1].reason == "renewed until 2027-12-01");
  CHECK_FALSE(row.audit_records[1].run);
}

TEST_CASE("a renewal cancels what waits of the old ladder and begins a new one") {
  World world;
  world.put("2026-12-01");
  world.check("2026-11-26T15:00:00Z");
  world.put("2027-12-01");
  const auto report = world.check("2026-11-26T16:00:00Z");
  CHECK(report.created.empty());
  REQUIRE(report.cancelled.size() == 1);
  CHECK(report.cancelled[0].dedup_key == "SUSCRIPCION_VENCE/2026-12-01/T-5/email");
  CHECK(report.cancelled[0].reason == "renewed until 2027-12-01");
  CHECK(world.found("SUSCRIPCION_VENCE/2026-12-01/T-5/email").status == Status::cancelled);
  CHECK(world.check("2026-11-26T16:15:00Z").cancelled.empty());
  CHECK(keys(world.check("2027-11-01T15:00:00Z")) == "VENCE/2027-12-01/T-30");
}

TEST_CASE("a clock that was set back brings back no earlier step") {
  World world;
  world.put("2026-12-01");
  CHECK(keys(world.check("2026-11-27T15:00:00Z")) == "VENCE/2026-12-01/T-5");
  CHECK(world.check("2026-11-10T15:00:00Z").created.empty());
  CHECK(world.check("2026-11-24T15:00:00Z").created.empty());
  CHECK(keys(world.check("2026-11-30T15:00:00Z")) == "VENCE/2026-12-01/T-1");
}

TEST_CASE("a store restored from backup makes again what the backup does not know, and nothing else") {
  World world;
  world.put("2026-12-01");
  world.check("2026-11-24T15:00:00Z");
  const auto store = world.folder.path() / "store.db";
  std::filesystem::copy_file(store, world.folder.path() / "backup.db");
  CHECK(keys(world.check("2026-11-26T15:00:00Z")) == "VENCE/2026-12-01/T-5");
  CHECK(world.check("2026-11-26T16:00:00Z").created.empty());
  auto restored = store::Database::open(world.folder.path() / "backup.db");
  const auto again = producers::check_subscriptions(restored, world.rules, {.now = instant("2026-11-26T17:00:00Z")});
  CHECK(keys(again) == "VENCE/2026-12-01/T-5");
  CHECK(
      producers::check_subscriptions(restored, world.rules, {.now = instant("2026-11-26T18:00:00Z")}).created.empty());
}

TEST_CASE("an end that is gone, or comes sooner, cancels as well") {
  World world;
  world.put("2026-12-01");
  world.check("2026-11-26T15:00:00Z");
  world.put("2026-11-28");
  auto report = world.check("2026-11-26T16:00:00Z");
  REQUIRE(report.cancelled.size() == 1);
  CHECK(report.cancelled[0].reason == "the subscription now ends on 2026-11-28");
  CHECK(keys(report) == "VENCE/2026-11-28/T-5");
  world.put("");
  report = world.check("2026-11-26T17:00:00Z");
  REQUIRE(report.cancelled.size() == 1);
  CHECK(report.cancelled[0].reason == "the subscription has no end any more");
  CHECK(report.created.empty());
}

TEST_CASE("a company that ended long before it came here is left alone") {
  World world;
  world.put("2026-05-15");
  CHECK(world.check("2026-12-01T15:00:00Z").created.empty());
}

TEST_CASE("what is found out while the company sleeps speaks of the day on which it is read") {
  World world;
  world.put("2026-12-21", [](auto& company) { company.hours = {8h, 20h, false}; });
  const auto report = world.check("2026-11-21T15:00:00Z");  // Saturday, 30 days before
  REQUIRE(keys(report) == "VENCE/2026-12-21/T-30");
  CHECK(report.created[0].due_at == instant("2026-11-23T11:00:00Z"));  // Monday, 08:00
  CHECK(world.found(report.created[0].dedup_key).subject == "Su suscripción a E-Garage vence en 28 días");
}

TEST_CASE("an end on a Sunday is told on Monday as what it is then") {
  World world;
  world.put("2026-11-22", [](auto& company) { company.hours = {8h, 20h, false}; });
  CHECK(keys(world.check("2026-11-20T15:00:00Z")) == "VENCE/2026-11-22/T-5");
  CHECK(keys(world.check("2026-11-22T15:00:00Z")) == "VENCIDA/2026-11-22/T+1");
  CHECK(world.found("SUSCRIPCION_VENCIDA/2026-11-22/T+1/email").due_at == instant("2026-11-23T11:00:00Z"));
}

TEST_CASE("the day begins where the company is, not in UTC") {
  struct Row {
    std::string_view zone, before, after;
  };
  const std::vector<Row> rows{{"America/Santiago", "2026-12-02T02:59:59Z", "2026-12-02T03:00:00Z"},
                              {"America/New_York", "2026-12-02T04:59:59Z", "2026-12-02T05:00:00Z"},
                              {"America/Phoenix", "2026-12-02T06:59:59Z", "2026-12-02T07:00:00Z"},
                              {"Pacific/Honolulu", "2026-12-02T09:59:59Z", "2026-12-02T10:00:00Z"},
                              {"Mars/Olympus", "2026-12-02T02:59:59Z", "2026-12-02T03:00:00Z"}};  // the country's
  for (const auto& [zone, before, after] : rows) {
    INFO(zone);
    World world;
    world.put("2026-12-01", [&](auto& company) { company.time_zone = zone; });
    CHECK(keys(world.check(before)) == "VENCE/2026-12-01/T-0");
    CHECK(keys(world.check(after)) == "VENCIDA/2026-12-01/T+1");
  }
}

TEST_CASE("the route decides the channels; SMS go to the company's number") {
  World world;
  store::Platform platform = world.directory.platform();
  platform.accounts.sms.emplace();
  platform.accounts.sms->from = "EGarage";
  platform.accounts.sms->password = {"env:SMS_TOKEN"};
  world.directory.set_platform(platform, world.start);
  world.put("2026-12-01", [](auto& company) {
    company.phone = "+56 9 6123 4567";
    company.routes[Event::suscripcion_vence].channels = {Channel::email, Channel::sms, Channel::whatsapp};
  });
  const auto report = world.check("2026-11-26T15:00:00Z");
  CHECK(report.created.size() == 2);
  CHECK(world.found("SUSCRIPCION_VENCE/2026-12-01/T-5/sms").recipient == "+56961234567");
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped[0].reason == "no whatsapp account");
}

TEST_CASE("whom nobody can reach is reported, and keeps nobody else from being told") {
  World world;
  world.put("2026-12-01", [](auto& company) { company.admin.email.clear(); });
  world.put("2026-12-01", [](auto& company) { company.slug = "taller-norte"; });
  const auto report = world.check("2026-11-26T15:00:00Z");
  CHECK(report.created.size() == 1);
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped[0].company == "taller-sur");
  CHECK(report.skipped[0].reason == "no e-mail address");
}

TEST_CASE("a text that cannot be rendered is reported, and the end's other notices still come") {
  World world;
  world.put("2026-12-01");
  store::Templates{world.database}.put(std::nullopt, "suscripcion_vence.es", "subject: x\n\n{{ nada|nofilter }}",
                                       world.start);
  const auto report = world.check("2026-11-26T15:00:00Z");
  CHECK(report.created.empty());
  REQUIRE(report.failed.size() == 1);
  CHECK(report.failed[0].reason.find("cannot be rendered") == 0);
  CHECK(keys(world.check("2026-12-02T15:00:00Z")) == "VENCIDA/2026-12-01/T+1");
}

TEST_CASE("a dry run says the same and changes nothing") {
  World world;
  world.put("2026-12-01");
  CHECK(keys(world.check("2026-11-26T15:00:00Z", core::DryRun::yes)) == "VENCE/2026-12-01/T-5");
  CHECK(keys(world.check("2026-11-26T15:00:00Z")) == "VENCE/2026-12-01/T-5");
  world.put("2027-12-01");
  CHECK(world.check("2026-11-26T16:00:00Z", core::DryRun::yes).cancelled.size() == 1);
  CHECK(world.found("SUSCRIPCION_VENCE/2026-12-01/T-5/email").status == Status::queued);
}

TEST_CASE("notices that the host made under keys of its own are left alone") {
  World world;
  world.put("2027-12-01");
  std::istringstream line{R"({"event":"SUSCRIPCION_VENCE","company":"taller-sur","key":"sub-77","recipient":{}})"};
  producers::Enqueuer{world.database}.run(line, world.start, [](const auto&) {});
  CHECK(world.check("2026-11-26T15:00:00Z").cancelled.empty());
  CHECK(world.found("SUSCRIPCION_VENCE/sub-77/email").status == Status::queued);
}
