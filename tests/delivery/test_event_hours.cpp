#include "delivery/dry_run.hpp"
#include "store/calendar.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::Event;
using core::Status;
using test::DeliveryWorld;

namespace {

core::Instant at(const char* text) { return core::parse_instant(text).value(); }

void hours_of(core::Company& company, Event event, const core::SendingHours& hours) {
  company.routes[event].hours = hours;
}

store::NotificationId send(DeliveryWorld& world, store::CompanyId company, const std::string& key, Event event) {
  return world.enqueue(company, key, [&](auto& one) { one.event = event; });
}

const core::SendingHours office{8h, 20h, false};
const core::SendingHours always{0h, 24h, true, true};

}  // namespace

TEST_CASE("an event with wider hours goes out while its company sleeps") {
  DeliveryWorld world("2026-11-22T05:00:00Z");  // Sunday, 02:00 in Santiago
  const auto company = world.add_company("sur", [](auto& one) {
    one.hours = office;
    hours_of(one, Event::documento_creado, always);
  });
  const auto document = send(world, company, "d-1", Event::documento_creado);
  const auto bill = send(world, company, "f-1", Event::pago_pendiente);
  CHECK(world.run().accepted == 1);
  CHECK(world.status(document) == Status::accepted);
  CHECK(world.record(bill).reason == "outside the company's sending hours");
  CHECK(world.record(bill).due_at == at("2026-11-23T11:00:00Z"));
}

TEST_CASE("an event with narrower hours waits while its company writes") {
  DeliveryWorld world("2026-11-18T15:00:00Z");  // Wednesday noon
  const auto company = world.add_company("sur", [](auto& one) {
    one.hours = office;
    hours_of(one, Event::pago_pendiente, {9h, 12h, false});
  });
  const auto document = send(world, company, "d-1", Event::documento_creado);
  const auto bill = send(world, company, "f-1", Event::pago_pendiente);
  CHECK(world.run().accepted == 1);
  CHECK(world.status(document) == Status::accepted);
  CHECK(world.record(bill).due_at == at("2026-11-19T12:00:00Z"));
}

TEST_CASE("while all are closed a lane waits for the first of them to open") {
  DeliveryWorld world("2026-11-19T02:00:00Z");  // 23:00
  const auto company = world.add_company("sur", [](auto& one) {
    one.hours = office;
    hours_of(one, Event::pago_pendiente, {9h, 12h, false});
  });
  const auto bill = send(world, company, "f-1", Event::pago_pendiente);
  world.run();
  CHECK(world.record(bill).due_at == at("2026-11-19T11:00:00Z"));
  world.now = at("2026-11-19T11:00:00Z");
  world.run();
  CHECK(world.record(bill).due_at == at("2026-11-19T12:00:00Z"));
  world.now = at("2026-11-19T12:00:00Z");
  CHECK(world.run().accepted == 1);
}

TEST_CASE("an event's window that closes during a run stops what has not begun") {
  DeliveryWorld world("2026-11-18T15:00:00Z");
  const auto company = world.add_company("sur", [](auto& one) {
    hours_of(one, Event::documento_creado, {0h, 12h, true, true});
  });
  world.now = at("2026-11-18T14:59:59Z");
  world.enqueue_many(company, "d-", 500);
  world.tick = 10ms;
  world.time_flies = true;
  const auto summary = world.run();
  CHECK(summary.accepted > 0);
  CHECK(summary.postponed > 0);
  CHECK(summary.accepted + summary.postponed == 500);
}

TEST_CASE("a dry run tells events with hours of their own apart") {
  DeliveryWorld world("2026-11-22T05:00:00Z");
  const auto company = world.add_company("sur", [](auto& one) {
    one.hours = office;
    hours_of(one, Event::documento_creado, always);
  });
  for (const auto* key : {"d-1", "d-2"}) send(world, company, key, Event::documento_creado);
  for (const auto* key : {"f-1", "f-2", "f-3"}) send(world, company, key, Event::pago_pendiente);
  send(world, company, "r-1", Event::revision_vehiculo);
  const auto plan = delivery::plan_queue(world.database, world.now, {});
  REQUIRE(plan.size() == 2);
  CHECK(plan[0].due == 2);
  CHECK_FALSE(plan[0].postponed_until);
  CHECK(plan[1].due == 4);
  CHECK(plan[1].postponed_until == at("2026-11-23T11:00:00Z"));
}

TEST_CASE("nothing goes out on a national holiday, but for those who say so") {
  DeliveryWorld world("2026-09-18T15:00:00Z");  // Friday
  store::Calendar calendar{world.database};
  calendar.upsert(store::Holiday{"CL", core::parse_date("2026-09-18").value(), "Independencia Nacional"}, world.now);
  const auto sur = world.add_company("sur", [](auto& one) {
    one.hours = office;
    hours_of(one, Event::documento_creado, {8h, 20h, false, true});
  });
  const auto norte = world.add_company("norte", [](auto& one) { one.hours = {8h, 20h, false, true}; });
  const auto us = world.add_company("us", [](auto& one) { one.hours = office, one.country = "US"; });
  const auto bill = send(world, sur, "f-1", Event::pago_pendiente);
  const auto document = send(world, sur, "d-1", Event::documento_creado);
  send(world, norte, "f-1", Event::pago_pendiente);
  send(world, us, "f-1", Event::pago_pendiente);
  CHECK(world.run().accepted == 3);
  CHECK(world.status(document) == Status::accepted);
  CHECK(world.record(bill).due_at == at("2026-09-21T11:00:00Z"));
}

TEST_CASE("a window over midnight belongs to the day on which it opens, also beside a holiday") {
  DeliveryWorld world("2026-09-18T04:00:00Z");  // Friday, 01:00: Thursday's window is still open
  store::Calendar{world.database}.upsert(store::Holiday{"CL", core::parse_date("2026-09-18").value(), "Independencia"},
                                         world.now);
  const auto company = world.add_company("sur", [](auto& one) { one.hours = {22h, 2h, false}; });
  send(world, company, "f-1", Event::pago_pendiente);
  CHECK(world.run().accepted == 1);
  world.now = at("2026-09-19T04:00:00Z");  // Saturday, 01:00: Friday's window did not open
  const auto late = send(world, company, "f-2", Event::pago_pendiente);
  world.run();
  CHECK(world.record(late).due_at == at("2026-09-22T01:00:00Z"));
}
