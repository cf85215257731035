#include <algorithm>

#include "store/cancellation.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using channels::Phase;
using core::Status;
using test::DeliveryWorld;
using test::reply;

TEST_CASE("a due notification is sent once, and never again") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  const auto id = world.enqueue(company, "doc-1");
  CHECK(world.run().accepted == 1);
  CHECK(world.status(id) == Status::accepted);
  CHECK(world.record(id).provider_id == "queue-id");
  CHECK(world.run().accepted == 0);
  REQUIRE(world.provider("sur").received.size() == 1);
  const auto& message = world.provider("sur").received.front();
  CHECK(message.recipient == "doc-1@example.cl");
  CHECK(message.subject == "Asunto doc-1");
  CHECK(message.text.find("Hola Ana") != std::string::npos);
  CHECK(message.html.find(">Ana</strong>") != std::string::npos);
}

TEST_CASE("what is not due yet is left alone") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  const auto id = world.enqueue(company, "doc-1", [&](auto& one) { one.due_at = world.now + 1h; });
  CHECK(world.run().accepted == 0);
  CHECK(world.status(id) == Status::queued);
  world.now += 1h;
  CHECK(world.run().accepted == 1);
}

TEST_CASE("fault 1 of the old system: a deferred notification is put back, then sent") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  const auto id = world.enqueue(company, "doc-1");
  int calls = 0;
  world.provider("sur").answer = [&](const auto&) -> channels::Outcome {
    if (++calls == 1) return channels::Deferred{reply(Phase::recipient, 450), {}};
    return channels::Accepted{};
  };
  CHECK(world.run().deferred == 1);
  CHECK(world.status(id) == Status::retry_wait);
  CHECK(world.run().accepted == 0);
  world.now += 5min;
  CHECK(world.run().accepted == 1);
  CHECK(world.status(id) == Status::accepted);
  CHECK(world.record(id).attempts == 2);
}

TEST_CASE("every attempt carries the same Message-ID and date") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  world.enqueue(company, "doc-1");
  world.provider("sur").answer = [](const auto&) { return channels::Uncertain{reply(Phase::end_of_data, 0)}; };
  world.run();
  world.now += 1h;
  world.run();
  const auto& received = world.provider("sur").received;
  REQUIRE(received.size() == 2);
  CHECK(received[0].id == received[1].id);
  CHECK(received[0].created_at == received[1].created_at);
  CHECK(received[0].html == received[1].html);
}

TEST_CASE("an unknown result is recorded as uncertain, and the third holds the notification") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  const auto id = world.enqueue(company, "doc-1");
  world.provider("sur").answer = [](const auto&) { return channels::Uncertain{reply(Phase::end_of_data, 0)}; };
  for (int i = 0; i < 5; ++i) {
    world.run();
    world.now += 6h;
  }
  CHECK(world.provider("sur").received.size() == 3);
  CHECK(world.status(id) == Status::held);
  const auto record = world.record(id);
  CHECK(std::ranges::count_if(record.audit_records, [](const auto& one) { return one.to == "uncertain"; }) == 3);
}

TEST_CASE("a rejected address is suppressed for that company only") {
  DeliveryWorld world;
  const auto sur = world.add_company("sur");
  const auto norte = world.add_company("norte");
  const auto address = [](auto& one) { one.recipient = "gone@example.cl"; };
  const auto first = world.enqueue(sur, "doc-1", address);
  world.provider("sur").answer = [](const auto&) {
    return channels::Rejected{reply(Phase::recipient, 550), channels::Rejected::Reason::address};
  };
  CHECK(world.run().failed == 1);
  CHECK(world.status(first) == Status::failed);
  const auto second = world.enqueue(sur, "doc-2", address);
  const auto other = world.enqueue(norte, "doc-2", address);
  const auto summary = world.run();
  CHECK(summary.suppressed == 1);
  CHECK(summary.accepted == 1);
  CHECK(world.status(second) == Status::suppressed);
  CHECK(world.status(other) == Status::accepted);
}

TEST_CASE("an opt-out of promotion silences promotion only") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  world.directory.suppress(company, core::Channel::email, "a@example.cl", store::SuppressionScope::promotional,
                           "asked by mail", world.now);
  const auto promotion = world.enqueue(company, "inactive", [](auto& one) {
    one.event = core::Event::cliente_inactivo;
    one.recipient = "a@example.cl";
  });
  const auto document = world.enqueue(company, "doc", [](auto& one) { one.recipient = "a@example.cl"; });
  world.run();
  CHECK(world.status(promotion) == Status::suppressed);
  CHECK(world.status(document) == Status::accepted);
}

TEST_CASE("after not_after a notification expires instead of going out") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  const auto id = world.enqueue(company, "doc-1", [&](auto& one) { one.not_after = world.now + 1h; });
  world.now += 1h + 1s;
  CHECK(world.run().expired == 1);
  CHECK(world.status(id) == Status::expired);
  CHECK(world.provider("sur").received.empty());
}

TEST_CASE("fault 6 of the old system: outside its own hours a company's messages move to the next opening") {
  DeliveryWorld world{"2026-11-20T23:30:00Z"};  // Friday 20:30 in Santiago, 18:30 in New York
  const auto santiago = world.add_company("sur", [](auto& one) { one.hours = {}; });
  const auto new_york = world.add_company("ny", [](auto& one) {
    one.hours = {};
    one.time_zone = "America/New_York";
  });
  const auto late = world.enqueue(santiago, "doc-1");
  const auto fine = world.enqueue(new_york, "doc-1");
  const auto summary = world.run();
  CHECK(summary.postponed == 1);
  CHECK(world.status(fine) == Status::accepted);
  CHECK(core::format_instant(*world.record(late).due_at) == "2026-11-23T11:00:00Z");
  CHECK(world.run().postponed == 0);
  world.now = *world.record(late).due_at;
  CHECK(world.run().accepted == 1);
}

TEST_CASE("a window that closes during a run stops what has not begun") {
  DeliveryWorld world{"2026-11-18T22:59:00Z"};  // one minute before 20:00 in Santiago
  const auto company = world.add_company("sur", [](auto& one) { one.hours = {}; });
  world.enqueue_many(company, "doc-", 50);
  auto& provider = world.provider("sur");
  provider.answer = [&](const auto&) {
    if (provider.received.size() + 1 == 10) world.now += 2min;
    return channels::Accepted{};
  };
  const auto summary = world.run();
  CHECK(summary.accepted >= 10);
  CHECK(summary.accepted < 20);
  CHECK(summary.accepted + summary.postponed == 50);
  CHECK(world.run().accepted == 0);
}

TEST_CASE("notices to the administrator carry the platform's name, not the workshop's") {
  DeliveryWorld world;
  const auto company = world.add_company("sur", [](auto& one) { one.name = "Taller Sur"; });
  world.enqueue(company, "ends", [](auto& one) {
    one.event = core::Event::suscripcion_vence;
    one.sent_by = store::SentBy::platform;
  });
  world.run();
  REQUIRE(world.provider("platform").received.size() == 1);
  CHECK(world.provider("platform").received.front().html.find("E-Garage") != std::string::npos);
}

TEST_CASE("a company with a backlog delays another's single message by no more than one batch") {
  DeliveryWorld world;
  world.options.batch = 64;
  const auto platform_message = [](auto& one) {
    one.sent_by = store::SentBy::platform;
    one.event = core::Event::suscripcion_vence;
  };
  const auto big = world.add_company("big");
  const auto small = world.add_company("small");
  for (int i = 0; i < 500; ++i) world.enqueue(big, "doc-" + std::to_string(i), platform_message);
  world.enqueue(small, "lonely", platform_message);
  world.run();
  const auto& received = world.provider("platform").received;
  REQUIRE(received.size() == 501);
  const auto lonely = std::ranges::find(received, "lonely@example.cl", &channels::Message::recipient);
  CHECK(lonely - received.begin() <= 64 + 32);
}

TEST_CASE("with one connection for all, accounts take turns of one batch") {
  DeliveryWorld world;
  world.options.batch = 64;
  world.options.max_connections = 1;
  world.options.concurrency = 1;
  world.enqueue_many(world.add_company("big"), "doc-", 500);
  world.enqueue(world.add_company("small"), "lonely");
  std::size_t big_before = 0;
  world.provider("small").answer = [&](const auto&) {
    big_before = world.provider("big").received.size();
    return channels::Accepted{};
  };
  CHECK(world.run().accepted == 501);
  CHECK(big_before <= 64);
}

TEST_CASE("a stop signal finishes what is in flight and releases the rest") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  world.enqueue_many(company, "doc-", 300);
  auto& provider = world.provider("sur");
  world.stop_requested = [&] { return provider.received.size() >= 20; };
  const auto summary = world.run();
  CHECK(summary.out_of_time);
  CHECK(summary.accepted >= 20);
  CHECK(summary.accepted < 300);
  CHECK(provider.received.size() == summary.accepted);
  for (const auto& [status, count] : world.history.states_now()) {
    INFO(core::to_string(status));
    CHECK((status == Status::accepted || status == Status::queued));
  }
  world.stop_requested = [] { return false; };
  CHECK(world.run().accepted == 300 - summary.accepted);
}

TEST_CASE("after the deadline no new message is begun") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  world.enqueue_many(company, "doc-", 300);
  world.options.deadline = 1s;
  world.tick = 50ms;
  const auto summary = world.run();
  CHECK(summary.out_of_time);
  CHECK(summary.accepted > 0);
  CHECK(summary.accepted < 300);
}

TEST_CASE("--limit begins that many messages and no more") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  world.enqueue_many(company, "doc-", 30);
  world.options.limit = 7;
  const auto summary = world.run();
  CHECK(summary.accepted == 7);
  CHECK_FALSE(summary.out_of_time);
  CHECK(world.provider("sur").received.size() == 7);
}

TEST_CASE("--company serves that company alone") {
  DeliveryWorld world;
  const auto sur = world.add_company("sur");
  const auto norte = world.add_company("norte");
  world.enqueue(sur, "doc-1");
  const auto other = world.enqueue(norte, "doc-1");
  world.options.only = sur;
  CHECK(world.run().accepted == 1);
  CHECK(world.status(other) == Status::queued);
}

TEST_CASE("the log names each fact and shows no full address") {
  DeliveryWorld world;
  world.enqueue(world.add_company("sur"), "doc-1");
  world.run();
  const auto& names = world.log.names;
  CHECK(std::ranges::count(names, "run_started") == 1);
  CHECK(std::ranges::count(names, "accepted") == 1);
  CHECK(std::ranges::count(names, "run_finished") == 1);
  CHECK(world.log.all_text.find("doc-1@example.cl") == std::string::npos);
  CHECK(world.log.all_text.find("d…@example.cl") != std::string::npos);
}

TEST_CASE("a notice whose reason is gone when it is about to leave is cancelled, not sent") {
  DeliveryWorld world;
  const auto ends = [](const char* date) {
    return [date](core::Company& company) { company.subscription.ends = core::parse_date(date); };
  };
  const auto company = world.add_company("sur", ends("2026-12-01"));
  const auto notice = [&](const std::string& key) {
    return world.enqueue(company, key, [](auto& one) {
      one.event = core::Event::suscripcion_vence;
      one.recipient = "marta@example.cl";
    });
  };
  const auto first = notice("SUSCRIPCION_VENCE/2026-12-01/T-7/email");
  CHECK(world.run().accepted == 1);
  CHECK(world.status(first) == Status::accepted);
  const auto second = notice("SUSCRIPCION_VENCE/2026-12-01/T-5/email");
  const auto hosts = notice("SUSCRIPCION_VENCE/sub-77/email");  // nobody here knows what that key stands for
  world.add_company("sur", ends("2027-12-01"));
  const auto summary = world.run();
  CHECK(summary.cancelled == 1);
  CHECK(summary.accepted == 1);
  CHECK(world.status(second) == Status::cancelled);
  CHECK(world.record(second).reason == "renewed until 2027-12-01");
  CHECK(world.record(second).attempts == 0);
  CHECK(world.status(hosts) == Status::accepted);
}

TEST_CASE("a cancelled first choice takes its fallback with it") {
  DeliveryWorld world;
  const auto company = world.add_company("sur", [](auto& one) {
    one.subscription.ends = core::parse_date("2027-12-01");
    one.accounts.sms = test::example_sms("sur");
  });
  const auto ids =
      world.enqueue_chain(company, "SUSCRIPCION_VENCE/2026-12-01/T-5", {core::Channel::email, core::Channel::sms});
  CHECK(store::cancel(world.database, ids[0], "renewed", world.now) == store::Cancelled::yes);
  CHECK(store::cancel(world.database, ids[0], "renewed", world.now) == store::Cancelled::no);
  CHECK(world.status(ids[1]) == Status::cancelled);
  CHECK(world.run().accepted == 0);
}
