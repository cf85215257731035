#include "core/contact_limit.hpp"

#include "store/receipts.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using channels::Phase;
using core::Channel;
using core::Event;
using core::Status;
using test::DeliveryWorld;
using test::reply;

namespace {

/// A workshop that sends bills' reminders to its customers. It is Wednesday, 12:00 in Santiago.
struct Collections : DeliveryWorld {
  explicit Collections(const std::function<void(core::Company&)>& change = [](core::Company&) {}) {
    company = add_company("sur", [&](auto& one) {
      one.accounts.whatsapp = test::example_whatsapp("sur");
      one.accounts.sms = test::example_sms("sur");
      change(one);
    });
  }
  store::NotificationId bill(
      const std::string& key, std::optional<std::string> customer = "ana",
      const std::function<void(store::NewNotification&)>& change = [](store::NewNotification&) {}) {
    return enqueue(company, "PAGO_PENDIENTE/" + key + "/email", [&](auto& one) {
      one.event = Event::pago_pendiente;
      one.recipient = "ana@example.cl";
      one.customer = customer;
      change(one);
    });
  }
  store::NotificationId bill_by_phone(Channel channel, const std::string& key,
                                      std::optional<std::string> customer = "ana") {
    const auto name = std::string{core::to_string(channel)};
    return enqueue_phone(company, channel, "PAGO_PENDIENTE/" + key + "/" + name, "+56961234567", [&](auto& one) {
      one.event = Event::pago_pendiente;
      one.customer = customer;
    });
  }
  std::string due(store::NotificationId id) { return core::format_instant(record(id).due_at.value()); }

  store::CompanyId company;
};

const std::string too_close = "the customer's last collection message is less than 2 days old";
const std::string week_full = "the customer has had 2 collection messages in 7 days";

}  // namespace

TEST_CASE("a customer gets two collection messages in seven days, two days apart") {
  Collections world;
  std::vector<store::NotificationId> bills;
  for (const auto* key : {"f-1", "f-2", "f-3"}) bills.push_back(world.bill(key));
  const auto summary = world.run();
  CHECK(summary.accepted == 1);
  CHECK(summary.postponed == 2);
  CHECK(world.status(bills[1]) == Status::queued);
  CHECK(world.record(bills[1]).reason == too_close);
  CHECK(world.due(bills[1]) == "2026-11-20T03:00:00Z");  // Friday's midnight
  CHECK(world.record(bills[1]).attempt_records.empty());

  CHECK(world.run().accepted == 0);
  world.now = core::parse_instant("2026-11-20T15:00:00Z").value();
  CHECK(world.run().accepted == 1);
  CHECK(world.status(bills[1]) == Status::accepted);
  CHECK(world.record(bills[2]).reason == week_full);
  CHECK(world.due(bills[2]) == "2026-11-25T03:00:00Z");
  world.now = core::parse_instant("2026-11-25T15:00:00Z").value();
  CHECK(world.run().accepted == 1);
  CHECK(world.provider("sur").received.size() == 3);
}

TEST_CASE("others are others: customers, companies, and messages of another class") {
  Collections world;
  const auto norte = world.add_company("norte");
  world.bill("f-1");
  world.bill("f-2", "berta");
  world.enqueue(norte, "PAGO_PENDIENTE/f-3/email", [](auto& one) {
    one.event = Event::pago_pendiente;
    one.recipient = "ana@example.cl";
    one.customer = "ana";
  });
  for (const auto* key : {"d-1", "d-2", "d-3"})
    world.enqueue(world.company, key, [](auto& one) { one.customer = "ana"; });
  world.enqueue(world.company, "CLIENTE_INACTIVO/ana/email", [](auto& one) {
    one.event = Event::cliente_inactivo;
    one.customer = "ana";
  });
  CHECK(world.run().accepted == 7);
}

TEST_CASE("channels of one company send at the same time, and still the customer counts once") {
  Collections world;
  world.bill("f-1");
  world.bill_by_phone(Channel::whatsapp, "f-2");
  world.bill_by_phone(Channel::sms, "f-3");
  const auto summary = world.run();
  CHECK(summary.accepted == 1);
  CHECK(summary.postponed == 2);
}

TEST_CASE("a message that goes out on several channels on the same day is one contact") {
  Collections world;
  world.bill("f-1");
  world.bill_by_phone(Channel::whatsapp, "f-1");
  world.bill_by_phone(Channel::sms, "f-1");
  CHECK(world.run().accepted == 3);
  const auto next = world.bill("f-2");
  world.now += 48h;
  CHECK(world.run().accepted == 1);
  CHECK(world.status(next) == Status::accepted);
}

TEST_CASE("on another day the same message is one more contact") {
  Collections world;
  world.bill("f-1");
  const auto whatsapp = world.bill_by_phone(Channel::whatsapp, "f-1");
  world.provider("sur", Channel::whatsapp).answer = [](const auto&) {
    return channels::Deferred{reply(Phase::answer, 1), {}};
  };
  CHECK(world.run().accepted == 1);
  world.provider("sur", Channel::whatsapp).answer = [](const auto&) { return channels::Accepted{}; };
  world.now += 24h;
  CHECK(world.run().accepted == 0);
  CHECK(world.status(whatsapp) == Status::retry_wait);
  CHECK(world.record(whatsapp).reason == too_close);
  world.now += 24h;
  CHECK(world.run().accepted == 1);
}

TEST_CASE("a fallback takes over on the same day, for what did not arrive is no contact") {
  Collections world;
  const auto ids = [&] {
    std::vector<store::NewNotification> chain(2);
    for (auto& one : chain) {
      one.company = world.company;
      one.event = Event::pago_pendiente;
      one.customer = "ana";
      one.subject = one.body = "Hola";
      one.message_id_domain = "taller.example";
      one.due_at = world.now;
    }
    chain[0].channel = Channel::sms;
    chain[0].recipient = "+56961234567";
    chain[0].dedup_key = "PAGO_PENDIENTE/f-1/sms";
    chain[1].channel = Channel::email;
    chain[1].recipient = "ana@example.cl";
    chain[1].dedup_key = "PAGO_PENDIENTE/f-1/email";
    world.database.transaction([&] { world.queue.enqueue(chain, world.now); });
    return std::pair{world.history.notification(world.company, "PAGO_PENDIENTE/f-1/sms")->id,
                     world.history.notification(world.company, "PAGO_PENDIENTE/f-1/email")->id};
  }();
  SECTION("refused at once") {
    world.provider("sur", Channel::sms).answer = [](const auto&) {
      return channels::Rejected{reply(Phase::answer, 21211), {}};
    };
    CHECK(world.run().accepted == 1);
    CHECK(world.status(ids.second) == Status::accepted);
  }
  SECTION("not delivered, as a receipt says a day later") {
    world.provider("sur", Channel::sms).answer = [](const auto&) {
      return channels::Accepted{reply(Phase::answer, 201), "SM1"};
    };
    CHECK(world.run().accepted == 1);
    world.now += 24h;
    store::Receipt receipt;
    receipt.company = world.company;
    receipt.channel = Channel::sms;
    receipt.provider_id = "SM1";
    receipt.status = store::ReceiptStatus::failed;
    receipt.said_at = world.now;
    store::Receipts{world.database}.settle(receipt, world.now);
    REQUIRE(world.status(ids.first) == Status::undelivered);
    CHECK(world.run().accepted == 1);
    CHECK(world.status(ids.second) == Status::accepted);
  }
}

TEST_CASE("what may have arrived counts, what was refused does not") {
  Collections world;
  const auto first = world.bill_by_phone(Channel::whatsapp, "f-1");
  SECTION("held") {
    world.provider("sur", Channel::whatsapp).answer = [](const auto&) {
      return channels::Uncertain{reply(Phase::answer, 0)};
    };
    world.run();
    REQUIRE(world.status(first) == Status::held);
    const auto second = world.bill("f-2");
    CHECK(world.run().accepted == 0);
    CHECK(world.record(second).reason == too_close);
  }
  SECTION("refused") {
    world.provider("sur", Channel::whatsapp).answer = [](const auto&) {
      return channels::Rejected{reply(Phase::answer, 131026), {}};
    };
    world.run();
    REQUIRE(world.status(first) == Status::failed);
    world.bill("f-2");
    CHECK(world.run().accepted == 1);
  }
}

TEST_CASE("an uncertain e-mail may go out again on the same day, under the same identity") {
  Collections world;
  const auto id = world.bill("f-1");
  world.provider("sur").answer = [](const auto&) { return channels::Uncertain{reply(Phase::end_of_data, 0)}; };
  world.run();
  REQUIRE(world.status(id) == Status::retry_wait);
  const auto other = world.bill("f-2");
  world.provider("sur").answer = [](const auto&) { return channels::Accepted{}; };
  world.now += 1h;
  CHECK(world.run().accepted == 1);
  CHECK(world.status(id) == Status::accepted);
  CHECK(world.record(other).reason == too_close);
}

TEST_CASE("a message that another run has on the wire counts") {
  Collections world;
  world.bill("f-1");
  bool overlapped = false;
  world.provider("sur").answer = [&](const auto&) {
    if (!std::exchange(overlapped, true)) {
      const auto second = world.bill_by_phone(Channel::sms, "f-2");
      const auto summary = world.run_beside();
      CHECK(summary.accepted == 0);
      CHECK(summary.postponed == 1);
      CHECK(world.record(second).reason == too_close);
    }
    return channels::Accepted{};
  };
  CHECK(world.run().accepted == 1);
  CHECK(overlapped);
  CHECK(world.provider("sur", Channel::sms).received.empty());
}

TEST_CASE("what would be too late by then expires with the reason") {
  Collections world;
  world.bill("f-1");
  const auto second = world.bill("f-2", "ana", [&](auto& one) { one.not_after = world.now + 24h; });
  const auto summary = world.run();
  CHECK(summary.accepted == 1);
  CHECK(summary.expired == 1);
  CHECK(world.status(second) == Status::expired);
  CHECK(world.record(second).reason == too_close);
}

TEST_CASE("the first allowed moment lies inside sending hours") {
  Collections world([](auto& one) { one.hours = {8h, 20h, false}; });
  world.bill("f-1");
  world.now += 24h;  // Thursday: two days later is a Saturday
  world.bill("f-2");
  world.run();
  const auto third = world.bill("f-3");
  world.run();
  CHECK(world.due(third) == "2026-11-23T11:00:00Z");
}

TEST_CASE("who is not in the directory is known by the address") {
  Collections world;
  const auto first = world.bill("f-1", std::nullopt);
  const auto second = world.bill("f-2", std::nullopt, [](auto& one) { one.recipient = "Ana@example.cl"; });
  const auto other = world.bill("f-3", std::nullopt, [](auto& one) { one.recipient = "berta@example.cl"; });
  CHECK(world.run().accepted == 2);
  CHECK(world.status(first) == Status::accepted);
  CHECK(world.record(second).reason == too_close);
  CHECK(world.status(other) == Status::accepted);
  SECTION("and who is, by both") {
    const auto customer = world.bill("f-4", "ana");
    world.run();
    CHECK(world.record(customer).reason == too_close);
  }
}

TEST_CASE("two customers with one address are two") {
  Collections world;
  for (const auto* customer : {"pedro", "carla"}) world.bill(customer, customer);
  CHECK(world.run().accepted == 2);
}

TEST_CASE("a company's own limit outranks the platform's, and may be none") {
  store::Platform platform;
  const auto limit = [&](DeliveryWorld& world) {
    platform = world.directory.platform();
    platform.limits[core::EventClass::collection] = {1, 0};
    world.directory.set_platform(platform, world.now);
  };
  SECTION("the platform's") {
    Collections world;
    limit(world);
    world.bill("f-1");
    const auto second = world.bill("f-2");
    CHECK(world.run().accepted == 1);
    CHECK(world.record(second).reason == "the customer has had 1 collection message in 7 days");
  }
  SECTION("none") {
    Collections world([](auto& one) { one.limits[core::EventClass::collection] = {}; });
    limit(world);
    for (const auto* key : {"f-1", "f-2", "f-3"}) world.bill(key);
    CHECK(world.run().accepted == 3);
  }
  SECTION("of transactional messages") {
    Collections world([](auto& one) { one.limits[core::EventClass::transactional] = {std::nullopt, 1}; });
    for (const auto* key : {"d-1", "d-2"}) {
      world.enqueue(world.company, std::string{key} + "/email", [](auto& one) { one.customer = "ana"; });
    }
    CHECK(world.run().accepted == 1);
  }
}

TEST_CASE("notices to the administrator are no contacts of a customer") {
  Collections world([](auto& one) { one.limits[core::EventClass::transactional] = {1, 0}; });
  for (const auto* key : {"s-1", "s-2", "s-3"}) {
    world.enqueue(world.company, key, [](auto& one) {
      one.event = Event::suscripcion_vence;
      one.sent_by = store::SentBy::platform;
    });
  }
  CHECK(world.run().accepted == 3);
}
