#include "payments_world.hpp"
#include "producers/subscriptions.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using std::chrono::days;
using test::instant;
using World = test::PaymentsWorld;

TEST_CASE("a bill's message that is kept back says how many days have passed when it goes") {
  World world;
  world.put_company([](auto& company) { company.hours = {8h, 20h, true}; });
  world.owe("F-1", "2026-12-01");
  world.check("2026-12-04T12:00:00Z");
  const std::string key = "PAGO_PENDIENTE/F-1/2026-12-01/T+3/email";
  const auto first = world.found(key);
  CHECK(first.subject == "Su factura N° 1042 venció hace 3 días");

  struct Row {
    std::string_view at, subject;
  };
  const std::vector<Row> rows{
      {"2026-12-04T20:00:00Z", "Su factura N° 1042 venció hace 3 días"},
      {"2026-12-05T01:00:00Z", "Su factura N° 1042 venció hace 3 días"},  // ten in the evening: looked at tomorrow
      {"2026-12-05T03:00:00Z", "Su factura N° 1042 venció hace 4 días"},
      {"2026-12-10T12:00:00Z", "Su factura N° 1042 venció hace 9 días"}};
  for (const auto& [at, subject] : rows) {
    INFO(at);
    const auto report = world.check(at);
    CHECK(report.created.empty());
    CHECK(report.cancelled.empty());
    CHECK(world.found(key).subject == subject);
  }
  const auto last = world.found(key);
  CHECK(last.id == first.id);
  CHECK(last.due_at == first.due_at);
  CHECK(last.not_after == first.not_after);
}

TEST_CASE("a dry run words nothing anew") {
  World world;
  world.owe("F-1", "2026-12-01");
  world.check("2026-12-04T12:00:00Z");
  const std::string key = "PAGO_PENDIENTE/F-1/2026-12-01/T+3/email";
  world.check("2026-12-06T12:00:00Z", core::DryRun::yes);
  CHECK(world.found(key).subject == "Su factura N° 1042 venció hace 3 días");
}

TEST_CASE("a bill that was paid meanwhile is cancelled as it was") {
  World world;
  world.owe("F-1", "2026-12-01");
  world.check("2026-12-04T12:00:00Z");
  world.pay("F-1", "2026-12-05");
  CHECK(world.check("2026-12-06T12:00:00Z").cancelled.size() == 1);
  CHECK(world.found("PAGO_PENDIENTE/F-1/2026-12-01/T+3/email").subject == "Su factura N° 1042 venció hace 3 días");
}

TEST_CASE("a subscription's notice that is kept back says how many days are left when it goes") {
  test::DirectoryWorld world;
  store::Platform platform;
  platform.accounts.email = test::example_account("avisos@egarage.example");
  world.directory.set_platform(platform, world.start);
  world.put_company([](auto& company) {
    company.admin = {"Marta Ríos", "marta@example.cl"};
    company.subscription = {core::parse_date("2026-12-31"), "premium", true};
  });
  const producers::LadderRules rules{{days{-30}, days{-5}}, days{30}};
  const auto check = [&](std::string_view at) {
    return producers::check_subscriptions(world.database, rules, {.now = instant(at)}).created.size();
  };
  CHECK(check("2026-12-01T12:00:00Z") == 1);
  CHECK(check("2026-12-12T12:00:00Z") == 0);
  CHECK(world.found("SUSCRIPCION_VENCE/2026-12-31/T-30/email").subject == "Su suscripción a E-Garage vence en 19 días");
}
