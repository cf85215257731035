#include "producers/payments.hpp"

#include <fmt/format.h>

#include <sstream>

#include "payments_world.hpp"
#include "producers/enqueue.hpp"
#include "store/silences.hpp"
#include "store/subjects.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::Channel;
using core::Status;
using std::chrono::days;
using test::all_of;
using test::cancelled;
using test::instant;
using test::keys;
using test::the_day;
using World = test::PaymentsWorld;

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
