#include "producers/payments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "directory_world.hpp"
#include "producers/enqueue.hpp"
#include "store/cancellation.hpp"
#include "store/silences.hpp"
#include "store/subjects.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::Channel;
using core::Status;
using producers::ProducerReport;
using std::chrono::days;
using test::instant;
using test::keys;
using test::the_day;

namespace {

struct World : test::DirectoryWorld {
  producers::PaymentRules rules{{days{-3}, days{0}, days{3}, days{10}, days{30}}};

  World() { put_customer("ana"); }

  void owe(const std::string& key, std::string_view due, const std::string& customer = "ana",
           const Change<store::Document>& change = {}) {
    put_document(key, customer, "2026-10-01", [&](auto& one) {
      one.due = the_day(due);
      if (change) change(one);
    });
  }
  void pay(const std::string& key, std::string_view day) {
    change_document(key, [&](auto& one) { one.paid = the_day(day); });
  }
  ProducerReport check(core::Instant now, core::DryRun dry_run = core::DryRun::no) {
    return producers::check_payments(database, rules, {.now = now, .dry_run = dry_run});
  }
  ProducerReport check(std::string_view now, core::DryRun dry_run = core::DryRun::no) {
    return check(instant(now), dry_run);
  }
};

/// Everything that runs between two instants make.
std::string all_of(World& world, std::string_view first, std::string_view last, std::chrono::minutes rhythm) {
  std::string all;
  for (auto now = instant(first); now < instant(last); now += rhythm) {
    const auto made = keys(world.check(now));
    if (!made.empty()) all += (all.empty() ? "" : " ") + made;
  }
  return all;
}

std::string cancelled(const ProducerReport& report) {
  std::string result;
  for (const auto& one : report.cancelled) result += fmt::format("{}: {}\n", one.dedup_key, one.reason);
  return result;
}

}  // namespace

TEST_CASE("the customer reads the amount, the days and the vehicle") {
  World world;
  world.put_vehicle("v-1", "ana");
  world.owe("F-1", "2026-12-01", "ana", [](auto& one) { one.vehicle = "v-1"; });
  REQUIRE(keys(world.check("2026-11-28T15:00:00Z")) == "F-1/2026-12-01/T-3");
  const auto early = world.found("PAGO_PENDIENTE/F-1/2026-12-01/T-3/email");
  CHECK(early.recipient == "ana@example.cl");
  CHECK(early.subject == "Su factura N° 1042 vence en 3 días");
  CHECK(early.body.find("$189.990") != std::string::npos);
  CHECK(early.body.find("Toyota Yaris (patente BB-CL-45)") != std::string::npos);
  CHECK(early.body.find("1 de diciembre de 2026") != std::string::npos);
  CHECK(early.not_after == instant("2026-12-01T02:59:59Z"));  // the next step's day begins at 03:00 UTC
  CHECK(store::customer_of(world.database, early.id) == "ana");
  const std::vector<store::Subject> about{{store::SubjectKind::document, "F-1"}, {store::SubjectKind::vehicle, "v-1"}};
  CHECK(store::subjects_of(world.database, early.id) == about);
  REQUIRE(keys(world.check("2026-12-11T15:00:00Z")) == "F-1/2026-12-01/T+10");
  CHECK(world.found("PAGO_PENDIENTE/F-1/2026-12-01/T+10/email").subject == "Su factura N° 1042 venció hace 10 días");
}

TEST_CASE("an amount is written in the document's own currency") {
  World world;
  world.owe("F-1", "2026-12-01", "ana", [](auto& one) { one.total = core::Money{34850, "USD"}; });
  world.check("2026-11-28T15:00:00Z");
  const auto body = world.found("PAGO_PENDIENTE/F-1/2026-12-01/T-3/email").body;
  INFO(body);
  CHECK(body.find("348.50") != std::string::npos);
}

TEST_CASE("a document without a total, a sold vehicle: what is not known is not said") {
  World world;
  world.put_vehicle("v-1", "ana", [](auto& one) { one.sold = true; });
  world.owe("F-1", "2026-12-01", "ana", [](auto& one) {
    one.vehicle = "v-1";
    one.total.reset();
  });
  world.check("2026-11-28T15:00:00Z");
  const auto body = world.found("PAGO_PENDIENTE/F-1/2026-12-01/T-3/email").body;
  CHECK(body.find("Monto") == std::string::npos);
  CHECK(body.find("Yaris") == std::string::npos);
}

TEST_CASE("fault 3 of the old system: ninety-six runs a day until long after the date create each step once") {
  World world;
  world.owe("F-1", "2026-12-01");
  CHECK(all_of(world, "2026-11-25T12:00:00Z", "2027-01-10T12:00:00Z", 15min) ==
        "F-1/2026-12-01/T-3 F-1/2026-12-01/T-0 F-1/2026-12-01/T+3 F-1/2026-12-01/T+10 F-1/2026-12-01/T+30");
}

TEST_CASE("fault 5 of the old system: an unpaid document has a producer, and WhatsApp reaches whom e-mail does not") {
  World world;
  world.put_company([](auto& company) {
    company.routes[core::Event::pago_pendiente].channels = {Channel::email, Channel::whatsapp};
    company.accounts.whatsapp.emplace();
    company.accounts.whatsapp->transport = "file";
    company.accounts.whatsapp->phone_number_id = "1";
    company.accounts.whatsapp->password = {"env:TOKEN"};
  });
  world.put_customer("ana", [](auto& one) {
    one.email.reset();
    one.phone = "+56961234567";
  });
  world.owe("F-1", "2026-12-01");
  const auto report = world.check("2026-12-01T15:00:00Z");
  REQUIRE(report.created.size() == 1);
  CHECK(world.found("PAGO_PENDIENTE/F-1/2026-12-01/T-0/whatsapp").recipient == "+56961234567");
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped[0].reason == "no e-mail address");
}

TEST_CASE("fault 2 of the old system: the step before the date comes before it, and is due at once") {
  World world;
  world.owe("F-1", "2026-12-01");
  CHECK(world.check("2026-11-27T15:00:00Z").created.empty());
  const auto report = world.check("2026-11-28T15:00:00Z");
  REQUIRE(report.created.size() == 1);
  CHECK(report.created[0].due_at == instant("2026-11-28T15:00:00Z"));
}

TEST_CASE("a cron that was away makes the latest step that still makes sense, once") {
  struct Row {
    std::string_view before, after, made;
  };
  const std::vector<Row> rows{{"2026-11-28", "2026-11-30", ""},
                              {"2026-11-27", "2026-11-29", "F-1/2026-12-01/T-3"},
                              {"2026-11-30", "2026-12-04", "F-1/2026-12-01/T+3"},
                              {"2026-12-04", "2027-01-13", "F-1/2026-12-01/T+30"},
                              {"2026-12-04", "2027-03-01", "F-1/2026-12-01/T+30"},
                              {"2026-12-04", "2027-03-02", ""},  // two months late for the last step
                              {"2026-11-01", "2027-01-01", ""},  // never told, and past the last step
                              {"2026-11-01", "2026-12-31", "F-1/2026-12-01/T+30"}};
  for (const auto& [before, after, made] : rows) {
    INFO(before << " " << after);
    World world;
    world.owe("F-1", "2026-12-01");
    world.check(fmt::format("{}T15:00:00Z", before));
    CHECK(keys(world.check(fmt::format("{}T15:00:00Z", after))) == made);
    CHECK(world.check(fmt::format("{}T16:00:00Z", after)).created.empty());
  }
}

TEST_CASE("a later step withdraws an earlier one that still waits") {
  World world;
  world.owe("F-1", "2026-12-01");
  world.check("2026-12-01T15:00:00Z");
  const auto report = world.check("2026-12-04T15:00:00Z");
  CHECK(keys(report) == "F-1/2026-12-01/T+3");
  CHECK(cancelled(report) == "PAGO_PENDIENTE/F-1/2026-12-01/T-0/email: superseded by T+3\n");
  CHECK(world.found("PAGO_PENDIENTE/F-1/2026-12-01/T-0/email").status == Status::cancelled);
}

TEST_CASE("once it is paid, what waits is withdrawn and nothing more comes") {
  World world;
  world.owe("F-1", "2026-12-01");
  world.owe("F-2", "2026-12-01");
  world.check("2026-12-01T15:00:00Z");
  world.pay("F-1", "2026-11-20");
  CHECK(cancelled(world.check("2026-12-01T16:00:00Z", core::DryRun::yes)) ==
        "PAGO_PENDIENTE/F-1/2026-12-01/T-0/email: paid on 2026-11-20\n");
  CHECK(cancelled(world.check("2026-12-01T16:00:00Z")) ==
        "PAGO_PENDIENTE/F-1/2026-12-01/T-0/email: paid on 2026-11-20\n");
  CHECK(world.check("2026-12-01T16:15:00Z").cancelled.empty());
  CHECK(keys(world.check("2026-12-04T15:00:00Z")) == "F-2/2026-12-01/T+3");
}

TEST_CASE("a due date that has moved begins a ladder of its own") {
  World world;
  world.owe("F-1", "2026-12-01");
  world.check("2026-12-01T15:00:00Z");
  world.change_document("F-1", [](auto& one) { one.due = the_day("2026-12-15"); });
  const auto report = world.check("2026-12-02T15:00:00Z");
  CHECK(cancelled(report) == "PAGO_PENDIENTE/F-1/2026-12-01/T-0/email: now due on 2026-12-15\n");
  CHECK(report.created.empty());
  CHECK(keys(world.check("2026-12-12T15:00:00Z")) == "F-1/2026-12-15/T-3");
  world.change_document("F-1", [](auto& one) { one.due.reset(); });
  CHECK(cancelled(world.check("2026-12-12T16:00:00Z")) ==
        "PAGO_PENDIENTE/F-1/2026-12-15/T-3/email: has no due date any more\n");
}

TEST_CASE("of several documents the one that is due longest ago is told first") {
  World world;
  world.owe("F-1", "2026-12-01");
  world.owe("F-2", "2026-11-01");
  world.owe("F-3", "2026-11-28");
  world.owe("F-4", "2026-11-25");
  CHECK(keys(world.check("2026-12-01T15:00:00Z")) ==
        "F-2/2026-11-01/T+30 F-4/2026-11-25/T+3 F-3/2026-11-28/T+3 F-1/2026-12-01/T-0");
}

TEST_CASE("documents whose keys have slashes are told apart") {
  World world;
  world.owe("a", "2026-12-01");
  world.owe("a/2026-12-01/T-3", "2026-12-01");
  world.owe("a%2F2026-12-01", "2026-12-01");
  CHECK(keys(world.check("2026-11-28T15:00:00Z")) ==
        "a/2026-12-01/T-3 a%252F2026-12-01/2026-12-01/T-3 a%2F2026-12-01%2FT-3/2026-12-01/T-3");
  CHECK(world.check("2026-11-28T16:00:00Z").created.empty());
  world.pay("a", "2026-11-28");
  CHECK(world.check("2026-11-28T17:00:00Z").cancelled.size() == 1);
}

TEST_CASE("a clock that was set back brings back no earlier step of a document") {
  World world;
  world.owe("F-1", "2026-12-01");
  CHECK(keys(world.check("2026-12-04T15:00:00Z")) == "F-1/2026-12-01/T+3");
  CHECK(world.check("2026-11-28T15:00:00Z").created.empty());
  CHECK(world.check("2026-12-01T15:00:00Z").created.empty());
  CHECK(keys(world.check("2026-12-11T15:00:00Z")) == "F-1/2026-12-01/T+10");
}

TEST_CASE("a store restored from a copy makes again what the copy does not know, and nothing else") {
  World world;
  world.owe("F-1", "2026-12-01");
  world.check("2026-11-28T15:00:00Z");
  const auto copy = world.folder.path() / "copy.db";
  std::filesystem::copy_file(world.folder.path() / "store.db", copy);
  CHECK(keys(world.check("2026-12-01T15:00:00Z")) == "F-1/2026-12-01/T-0");
  auto restored = store::Database::open(copy);
  const auto check = [&](std::string_view now) {
    return keys(producers::check_payments(restored, world.rules, {.now = instant(now)}));
  };
  CHECK(check("2026-12-01T17:00:00Z") == "F-1/2026-12-01/T-0");
  for (auto now = instant("2026-12-01T18:00:00Z"); now < instant("2026-12-02T03:00:00Z"); now += 15min) {
    CHECK(producers::check_payments(restored, world.rules, {.now = now}).created.empty());
  }
}

TEST_CASE("the day begins where the company is, also when clocks change") {
  struct Row {
    std::string_view zone, due, before, after;
  };
  const std::vector<Row> rows{
      {"America/Santiago", "2026-09-06", "2026-09-06T03:59:59Z", "2026-09-06T04:00:00Z"},  // begins at 01:00
      {"America/Santiago", "2026-04-05", "2026-04-05T03:59:59Z", "2026-04-05T04:00:00Z"},  // 23:00 came twice
      {"America/New_York", "2026-11-01", "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z"},
      {"America/New_York", "2026-11-02", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z"},
      {"America/Phoenix", "2026-11-01", "2026-11-01T06:59:59Z", "2026-11-01T07:00:00Z"},
      {"Pacific/Honolulu", "2026-03-08", "2026-03-08T09:59:59Z", "2026-03-08T10:00:00Z"},
      {"America/Santiago", "2028-02-29", "2028-02-29T02:59:59Z", "2028-02-29T03:00:00Z"},
      {"Mars/Olympus", "2026-12-01", "2026-12-01T02:59:59Z", "2026-12-01T03:00:00Z"}};  // the country's
  for (const auto& [zone, due, before, after] : rows) {
    INFO(zone << " " << due);
    World world;
    world.rules.steps = {days{0}};
    world.put_company([&](auto& company) { company.time_zone = zone; });
    world.owe("F-1", due);
    CHECK(world.check(before).created.empty());
    CHECK(keys(world.check(after)) == fmt::format("F-1/{}/T-0", due));
  }
}

TEST_CASE("a bill that is found out about while the company sleeps is told on the day on which that is read") {
  World world;
  world.put_company([](auto& company) { company.hours = {8h, 20h, false}; });
  world.owe("F-1", "2026-11-22");  // a Sunday
  CHECK(keys(world.check("2026-11-20T15:00:00Z")) == "F-1/2026-11-22/T-3");
  CHECK(world.check("2026-11-22T15:00:00Z").created.empty());  // on Monday it was due yesterday: no step's day
  CHECK(world.found("PAGO_PENDIENTE/F-1/2026-11-22/T-3/email").not_after == instant("2026-11-22T02:59:59Z"));
  world.owe("F-2", "2026-11-26");
  const auto report = world.check("2026-11-21T15:00:00Z");  // Saturday; Monday is three days before
  REQUIRE(keys(report) == "F-2/2026-11-26/T-3");
  CHECK(report.created[0].due_at == instant("2026-11-23T11:00:00Z"));
  CHECK(world.found("PAGO_PENDIENTE/F-2/2026-11-26/T-3/email").subject == "Su factura N° 1042 vence en 3 días");
}

TEST_CASE("whom nobody may or can write to is skipped with the reason, others are told") {
  World world;
  world.put_customer("bea", [](auto& one) { one.collection.emplace(); });
  world.put_customer("caro", [](auto& one) { one.email.reset(); });
  world.put_customer("dora");
  store::Silences{world.database}.upsert(world.company, {"dora", {}, {}, the_day("2026-12-02"), "de viaje"},
                                         world.start);
  for (const auto* customer : {"ana", "bea", "caro", "dora"})
    world.owe(std::string{"F-"} + customer, "2026-12-01", customer);
  const auto report = world.check("2026-12-01T15:00:00Z");
  CHECK(keys(report) == "F-ana/2026-12-01/T-0");
  std::vector<std::string> reasons;
  for (const auto& one : report.skipped) reasons.push_back(one.reason);
  CHECK(reasons == std::vector<std::string>{"wants no collection messages", "no e-mail address",
                                            "silent until 2026-12-02: de viaje"});
  CHECK(keys(world.check("2026-12-04T15:00:00Z")) == "F-ana/2026-12-01/T+3 F-dora/2026-12-01/T+3");
}

TEST_CASE("paid documents, and those without a due date, are nobody's business; no steps tell nobody") {
  World world;
  world.owe("F-1", "2026-12-01", "ana", [](auto& one) { one.paid = the_day("2026-11-30"); });
  world.put_document("F-2", "ana", "2026-12-01");
  CHECK(world.check("2026-12-01T15:00:00Z").created.empty());
  world.owe("F-3", "2026-12-01");
  world.rules.steps.clear();
  CHECK(world.check("2026-12-01T15:00:00Z").created.empty());
}

TEST_CASE("reminders of payment that the host made under keys of its own are left alone") {
  World world;
  world.owe("F-1", "2026-12-01", "ana", [](auto& one) { one.paid = the_day("2026-11-30"); });
  std::istringstream line{
      R"({"event":"PAGO_PENDIENTE","company":"taller-sur","key":"cobro-7","recipient":{"email":"a@example.cl"},)"
      R"("documento":{"id":"F-1"}})"};
  producers::Enqueuer{world.database}.run(line, world.start, [](const auto&) {});
  CHECK(world.check("2026-12-01T15:00:00Z").cancelled.empty());
  CHECK(world.found("PAGO_PENDIENTE/cobro-7/email").status == Status::queued);
}
