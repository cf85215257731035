#include "store/silences.hpp"

#include "store/customers.hpp"
#include "store/vehicles.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::Channel;
using core::Event;
using core::Status;
using test::DeliveryWorld;

namespace {

core::Date day(const char* text) { return core::parse_date(text).value(); }

/// Wednesday, 12:00 in Santiago. Ana owns a Yaris; the workshop opens from 8 to 20 on working days.
struct Quiet : DeliveryWorld {
  Quiet() {
    company = add_company("sur", [](auto& one) { one.hours = {8h, 20h, false}; });
    ana.key = "ana";
    ana.email = "ana@example.cl";
    store::Customers{database}.upsert(company, ana, now);
    store::Vehicle yaris;
    yaris.key = "yaris";
    yaris.customer = "ana";
    yaris.plate = "BBCL45";
    store::Vehicles{database}.upsert(company, yaris, "CL", now);
  }
  void silence(const store::Silence& silence) { store::Silences{database}.upsert(company, silence, now); }
  store::NotificationId reminder(
      const std::string& key,
      const std::function<void(store::NewNotification&)>& change = [](store::NewNotification&) {}) {
    return enqueue(company, key, [&](auto& one) {
      one.event = Event::mantenimiento_recordatorio;
      one.customer = "ana";
      one.subjects = {{store::SubjectKind::vehicle, "yaris"}};
      change(one);
    });
  }
  std::string due(store::NotificationId id) { return core::format_instant(record(id).due_at.value()); }

  store::CompanyId company;
  store::Customer ana;
};

}  // namespace

TEST_CASE("what was queued before a silence waits until the day after it, inside sending hours") {
  const store::Silence silences[] = {
      {"ana", {}, {}, day("2026-11-20"), "travelling"},
      {{}, "yaris", {}, day("2026-11-20"), "travelling"},
      {{}, {}, Event::mantenimiento_recordatorio, day("2026-11-20"), "travelling"},
      {{}, {}, {}, day("2026-11-20"), "travelling"},
      {"ana", {}, Event::mantenimiento_recordatorio, day("2026-11-20"), "travelling"},
  };
  for (const auto& silence : silences) {
    Quiet world;
    const auto id = world.reminder("r-1");
    world.silence(silence);
    CHECK(world.run().postponed == 1);
    CHECK(world.status(id) == Status::queued);
    CHECK(world.record(id).reason == "silent until 2026-11-20: travelling");
    CHECK(world.due(id) == "2026-11-23T11:00:00Z");  // the day after is a Saturday
    world.now = core::parse_instant("2026-11-23T11:00:00Z").value();
    CHECK(world.run().accepted == 1);
  }
}

TEST_CASE("a silence keeps nothing else back") {
  const store::Silence silences[] = {
      {"ana", {}, Event::pago_pendiente, day("2026-11-20"), ""},
      {{}, {}, Event::revision_vehiculo, day("2026-11-20"), ""},
      {"ana", {}, {}, day("2026-11-17"), "over"},
  };
  for (const auto& silence : silences) {
    Quiet world;
    world.reminder("r-1");
    world.silence(silence);
    CHECK(world.run().accepted == 1);
  }
  Quiet world;
  world.silence({"ana", {}, {}, day("2026-11-20"), ""});
  world.reminder("r-1", [](auto& one) { one.customer = "berta", one.subjects = {}; });
  CHECK(world.run().accepted == 1);
}

TEST_CASE("the last day of a silence is the company's own, to its midnight") {
  Quiet world;
  world.silence({"ana", {}, {}, day("2026-11-18"), ""});
  const auto id = world.reminder("r-1");
  world.now = core::parse_instant("2026-11-18T22:59:59Z").value();
  CHECK(world.run().postponed == 1);
  CHECK(world.due(id) == "2026-11-19T11:00:00Z");
}

TEST_CASE("a silent company writes to nobody, but hears about its subscription") {
  Quiet world;
  const auto platform = [](auto& one) {
    one.event = Event::suscripcion_vence;
    one.sent_by = store::SentBy::platform;
  };
  world.silence({{}, {}, {}, day("2026-11-20"), "works"});
  const auto stranger = world.enqueue(world.company, "d-1");
  const auto notice = world.enqueue(world.company, "s-1", platform);
  CHECK(world.run().accepted == 1);
  CHECK(world.record(stranger).reason == "silent until 2026-11-20: works");
  CHECK(world.status(notice) == Status::accepted);

  world.silence({{}, {}, Event::suscripcion_vence, day("2026-11-20"), ""});
  const auto quiet = world.enqueue(world.company, "s-2", platform);
  world.run();
  CHECK(world.record(quiet).reason == "silent until 2026-11-20");
}

TEST_CASE("what would be too late after the silence expires with its reason") {
  Quiet world;
  world.silence({"ana", {}, {}, day("2026-11-20"), ""});
  const auto id = world.reminder("r-1", [&](auto& one) { one.not_after = world.now + 24h; });
  CHECK(world.run().expired == 1);
  CHECK(world.record(id).reason == "silent until 2026-11-20");
}

TEST_CASE("of several silences the longest counts") {
  Quiet world;
  world.silence({"ana", {}, {}, day("2026-11-18"), "short"});
  world.silence({{}, "yaris", {}, day("2026-11-24"), "long"});
  const auto id = world.reminder("r-1");
  world.run();
  CHECK(world.record(id).reason == "silent until 2026-11-24: long");
}

TEST_CASE("a silence that is ended lets what waits for it go, unless another one covers it") {
  Quiet world;
  world.silence({"ana", {}, {}, day("2026-11-30"), ""});
  world.silence({{}, "yaris", {}, day("2026-11-19"), "in the garage"});
  const auto id = world.reminder("r-1");
  const auto other = world.enqueue(world.company, "d-1", [](auto& one) { one.customer = "ana"; });
  CHECK(world.run().postponed == 2);
  world.silence({"ana", {}, {}, day("2026-11-17"), ""});
  CHECK(world.due(other) == core::format_instant(world.now));
  CHECK(world.run().accepted == 1);
  CHECK(world.status(other) == Status::accepted);
  CHECK(world.record(id).reason == "silent until 2026-11-19: in the garage");
}

TEST_CASE("who has withdrawn since the message was made gets nothing") {
  struct Row {
    store::ChannelWish wish;
    const char* reason;  ///< empty: it goes out
  };
  const Row rows[] = {
      {std::vector<Channel>{}, "the customer wants no collection messages"},
      {{{Channel::whatsapp}}, "the customer wants no collection messages by email"},
      {{{Channel::whatsapp, Channel::email}}, ""},
      {std::nullopt, ""},
  };
  for (const auto& [wish, reason] : rows) {
    Quiet world;
    const auto other = world.reminder("r-1");
    const auto bill = world.reminder("f-1", [](auto& one) { one.event = Event::pago_pendiente; });
    world.ana.collection = wish;
    store::Customers{world.database}.upsert(world.company, world.ana, world.now);
    world.run();
    CHECK(world.status(bill) == (*reason == 0 ? Status::accepted : Status::suppressed));
    CHECK(world.record(bill).reason == reason);
    CHECK(world.status(other) == Status::accepted);
  }
}
