#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using channels::Phase;
using core::Channel;
using core::Status;
using test::DeliveryWorld;
using test::reply;

namespace {

/// One message: WhatsApp, else SMS, else e-mail.
struct Chain : DeliveryWorld {
  Chain() {
    company = add_company("sur", [](auto& one) {
      one.accounts.whatsapp = test::example_whatsapp("sur");
      one.accounts.sms = test::example_sms("sur");
    });
    const auto ids = enqueue_chain(company, "doc-1", {Channel::whatsapp, Channel::sms, Channel::email});
    whatsapp = ids[0], sms = ids[1], email = ids[2];
  }
  test::FakeProvider& fake(Channel channel) { return provider("sur", channel); }
  void refuse(Channel channel) {
    fake(channel).answer = [](const auto&) { return channels::Rejected{reply(Phase::answer, 131026), {}}; };
  }
  std::vector<Status> all() { return {status(whatsapp), status(sms), status(email)}; }
  using States = std::vector<Status>;

  store::CompanyId company;
  store::NotificationId whatsapp, sms, email;
};

}  // namespace

TEST_CASE("only the first of a chain is sent while nothing is known of it") {
  Chain world;
  CHECK(world.all() == Chain::States{Status::queued, Status::standby, Status::standby});
  CHECK(world.record(world.sms).reason == "waits behind whatsapp");
  CHECK(world.record(world.email).reason == "waits behind sms");
  CHECK(world.record(world.whatsapp).fallback_id == world.sms);
}

TEST_CASE("what was taken makes the others unnecessary, two levels down") {
  Chain world;
  CHECK(world.run().accepted == 1);
  CHECK(world.all() == Chain::States{Status::accepted, Status::cancelled, Status::cancelled});
  CHECK(world.record(world.email).reason == "reached by whatsapp");
  CHECK(world.fake(Channel::sms).received.empty());
}

TEST_CASE("a definite failure lets the next channel go in the same run") {
  Chain world;
  world.refuse(Channel::whatsapp);
  CHECK(world.run().accepted == 1);
  CHECK(world.all() == Chain::States{Status::failed, Status::accepted, Status::cancelled});
}

TEST_CASE("a chain goes on to its end, in one run") {
  Chain world;
  world.refuse(Channel::whatsapp);
  world.refuse(Channel::sms);
  CHECK(world.run().accepted == 1);
  CHECK(world.all() == Chain::States{Status::failed, Status::failed, Status::accepted});
}

TEST_CASE("who opted out of a channel is reached by the next one") {
  Chain world;
  SECTION("as the provider says") {
    world.fake(Channel::whatsapp).answer = [](const auto&) {
      return channels::Rejected{reply(Phase::answer, 21610), channels::Rejected::Reason::opt_out};
    };
  }
  SECTION("as is known already") {
    world.directory.suppress(world.company, Channel::whatsapp, "+56961234567", store::SuppressionScope::all, "STOP",
                             world.now);
  }
  CHECK(world.run().accepted == 1);
  CHECK(world.status(world.sms) == Status::accepted);
}

TEST_CASE("while the first is uncertain or waits, the others stand by") {
  Chain world;
  SECTION("held") {
    world.fake(Channel::whatsapp).answer = [](const auto&) { return channels::Uncertain{reply(Phase::answer, 0)}; };
    world.run();
    CHECK(world.status(world.whatsapp) == Status::held);
  }
  SECTION("deferred") {
    world.fake(Channel::whatsapp).answer = [](const auto&) { return channels::Deferred{reply(Phase::answer, 1), {}}; };
    world.run();
    CHECK(world.status(world.whatsapp) == Status::retry_wait);
  }
  CHECK(world.status(world.sms) == Status::standby);
  CHECK(world.status(world.email) == Status::standby);
}

TEST_CASE("a chain of which one key is known already goes in not at all") {
  Chain world;
  std::vector<store::NewNotification> chain(2);
  for (auto& one : chain) {
    one.company = world.company;
    one.channel = Channel::sms;
    one.recipient = "+56961234567";
    one.due_at = world.now;
  }
  chain[0].dedup_key = "new";
  chain[1].dedup_key = "doc-1/email";
  store::Enqueued enqueued{};
  world.database.transaction([&] { enqueued = world.queue.enqueue(chain, world.now); });
  CHECK(enqueued == store::Enqueued::duplicate);
  CHECK_FALSE(world.history.notification(world.company, "new"));
}

TEST_CASE("a requeue leaves alone what its fallback has taken over") {
  Chain world;
  world.refuse(Channel::whatsapp);
  SECTION("and delivered") {
    world.run();
    CHECK(world.queue.requeue({}, world.now) == 0);
  }
  SECTION("and failed with: of a chain the last that was tried goes out again") {
    world.refuse(Channel::sms);
    world.refuse(Channel::email);
    world.run();
    CHECK(world.queue.requeue({}, world.now) == 1);
    CHECK(world.all() == Chain::States{Status::failed, Status::failed, Status::queued});
  }
}

TEST_CASE("a first choice that an operator sends again still has its fallback") {
  Chain world;
  world.fake(Channel::whatsapp).answer = [](const auto&) { return channels::Uncertain{reply(Phase::answer, 0)}; };
  world.run();
  CHECK(world.queue.requeue({}, world.now) == 1);
  world.refuse(Channel::whatsapp);
  CHECK(world.run().accepted == 1);
  CHECK(world.status(world.sms) == Status::accepted);
}

TEST_CASE("a fallback does not wait for another account's long queue") {
  Chain world;
  world.refuse(Channel::whatsapp);
  world.tick = 5ms;
  const auto busy = world.add_company("busy");
  world.enqueue_many(busy, "doc-", 3000);
  std::size_t others_before = 0;
  world.fake(Channel::sms).answer = [&](const auto&) {
    others_before = world.provider("busy").received.size();
    return channels::Accepted{};
  };
  CHECK(world.run().accepted == 3001);
  CHECK(others_before < 2000);
}
