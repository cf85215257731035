#include "delivery/reconciliation.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using channels::Phase;
using core::Channel;
using core::OnUncertain;
using core::Status;
using test::DeliveryWorld;
using test::reply;
using Answer = channels::LookupResult::Answer;

namespace {

channels::Outcome lost(const channels::Message&) { return channels::Uncertain{reply(Phase::answer, 0)}; }
channels::Outcome taken(const channels::Message&) { return channels::Accepted{{}, "SM-new"}; }

channels::LookupResult says(Answer answer) { return {0, answer, {}, 0, reply(Phase::lookup, 200)}; }

/// One SMS whose answer got lost.
struct LostSms : DeliveryWorld {
  LostSms() {
    company = add_company("sur", [](auto& one) { one.accounts.sms = test::example_sms("sur"); });
    id = enqueue_phone(company, Channel::sms, "doc-1", "+56961234567");
    fake().answer = lost;
    fake().look_up = [](const auto&) { return says(Answer::absent); };
    started = now;
    CHECK(run().uncertain == 1);
  }
  test::FakeProvider& fake() { return provider("sur", Channel::sms); }

  store::CompanyId company;
  store::NotificationId id;
  core::Instant started;
};

}  // namespace

TEST_CASE("an SMS whose answer is lost is looked for after a minute, not sent again") {
  LostSms world;
  CHECK(world.status(world.id) == Status::retry_wait);
  CHECK(*world.record(world.id).due_at == world.now + 60s);
  CHECK(world.record(world.id).reason.find("Message-ID") == std::string::npos);
  world.now += 59s;
  world.run();
  CHECK(world.fake().lookups.empty());
  world.now += 1s;
  world.run();
  REQUIRE(world.fake().lookups.size() == 1);
  const auto& lookup = world.fake().lookups.front();
  CHECK(lookup.started_at == world.started);
  CHECK(lookup.message.recipient == "+56961234567");
  CHECK(lookup.message.text == world.fake().received.front().text);
  CHECK(world.fake().received.size() == 1);
}

TEST_CASE("what the provider knows is accepted under its name, and nothing is sent again") {
  LostSms world;
  world.fake().look_up = [](const auto&) {
    return channels::LookupResult{0, Answer::found, "SM-1", 1, reply(Phase::lookup, 200)};
  };
  world.now += 60s;
  CHECK(world.run().accepted == 1);
  const auto record = world.record(world.id);
  CHECK(record.status == Status::accepted);
  CHECK(record.provider_id == "SM-1");
  CHECK(record.attempts == 1);
  REQUIRE(record.attempt_records.size() == 1);
  CHECK(record.attempt_records[0].result->outcome == store::AttemptOutcome::accepted);
  CHECK(record.attempt_records[0].presumed_uncertain);
  world.now += 1h;
  CHECK(world.run().accepted == 0);
  CHECK(world.fake().received.size() == 1);
  CHECK(std::ranges::count(world.log.names, "found") == 1);
}

TEST_CASE("two looks that find nothing, a minute apart and in different runs, let it go out again") {
  LostSms world;
  world.now += 60s;
  world.run();
  CHECK(world.status(world.id) == Status::retry_wait);
  CHECK(*world.record(world.id).due_at == world.now + 60s);
  world.run();
  CHECK(world.fake().lookups.size() == 1);
  world.now += 60s;
  world.fake().answer = taken;
  CHECK(world.run().accepted == 1);
  CHECK(world.fake().lookups.size() == 2);
  CHECK(world.fake().received.size() == 2);
  CHECK(world.record(world.id).provider_id == "SM-new");
}

TEST_CASE("a look that nobody answers counts for nothing") {
  LostSms world;
  world.fake().look_up = [](const auto&) { return says(Answer::unanswered); };
  for (int i = 0; i < 5; ++i) {
    world.now += 60s;
    world.run();
  }
  CHECK(world.fake().lookups.size() == 5);
  CHECK(world.fake().received.size() == 1);
  CHECK(world.status(world.id) == Status::retry_wait);
}

TEST_CASE("several lost SMS of an account are looked for one after the other on its one connection") {
  LostSms world;
  world.options.concurrency = 1;
  std::vector<store::NotificationId> ids{world.id};
  for (int i = 0; i < 4; ++i) {
    ids.push_back(world.enqueue_phone(world.company, Channel::sms, "more-" + std::to_string(i),
                                      "+5696123456" + std::to_string(i)));
  }
  world.run();
  world.now += 60s;
  world.fake().look_up = [](const auto& lookup) {
    return channels::LookupResult{0, Answer::found, "SM-" + lookup.message.recipient, 1, reply(Phase::lookup, 200)};
  };
  CHECK(world.run().accepted == 5);
  for (const auto id : ids) CHECK(world.status(id) == Status::accepted);
  CHECK(world.fake().lookups.size() == 5);
}

TEST_CASE("a provider that answers no look is not asked all through a run") {
  LostSms world;
  world.fake().look_up = [&](const auto&) {
    world.now += 60s;  // each look takes until its deadline; the row is due again by then
    return says(Answer::unanswered);
  };
  world.now += 60s;
  world.run();
  CHECK(world.fake().lookups.size() == 3);
  CHECK(world.health(world.company, Channel::sms).state == store::AccountState::paused);
  CHECK(world.status(world.id) == Status::retry_wait);
}

TEST_CASE("the third unknown result holds an SMS, too") {
  LostSms world;
  for (int i = 0; i < 12; ++i) {
    world.now += 60s;
    world.run();
  }
  CHECK(world.fake().received.size() == 3);
  CHECK(world.status(world.id) == Status::held);
}

TEST_CASE("an identical message to the same person is not mistaken for the lost one") {
  LostSms world;
  world.fake().answer = [](const auto&) { return channels::Accepted{{}, "SM-other"}; };
  world.enqueue_phone(world.company, Channel::sms, "doc-2", "+56961234567");
  world.run();
  world.now += 60s;
  world.run();
  REQUIRE(world.fake().lookups.size() == 1);
  CHECK(world.fake().lookups[0].known_ids == std::vector<std::string>{"SM-other"});
}

TEST_CASE("more than one match is accepted once, with a warning") {
  LostSms world;
  world.fake().look_up = [](const auto&) {
    return channels::LookupResult{0, Answer::found, "SM-1", 2, reply(Phase::lookup, 200)};
  };
  world.now += 60s;
  world.run();
  CHECK(world.status(world.id) == Status::accepted);
  CHECK(std::ranges::count(world.log.names, "found") == 1);
}

TEST_CASE("where the provider cannot be asked, an unknown result is held") {
  DeliveryWorld world;
  const auto company = world.add_company("sur", [](auto& one) { one.accounts.sms = test::example_sms("sur"); });
  const auto id = world.enqueue_phone(company, Channel::sms, "doc-1", "+56961234567");
  world.provider("sur", Channel::sms).answer = lost;
  world.run();
  CHECK(world.status(id) == Status::held);
}

TEST_CASE("a search that its provider cannot do any more ends in held") {
  LostSms world;
  world.fake().look_up = nullptr;
  world.now += 60s;
  world.run();
  CHECK(world.status(world.id) == Status::held);
  CHECK(world.fake().received.size() == 1);
}

TEST_CASE("a WhatsApp message whose answer is lost is held at once, and an operator may send it again") {
  DeliveryWorld world;
  const auto company =
      world.add_company("sur", [](auto& one) { one.accounts.whatsapp = test::example_whatsapp("sur"); });
  const auto id = world.enqueue_phone(company, Channel::whatsapp, "doc-1", "+56961234567");
  auto& fake = world.provider("sur", Channel::whatsapp);
  fake.answer = lost;
  world.run();
  CHECK(world.status(id) == Status::held);
  world.now += 24h;
  world.run();
  CHECK(fake.received.size() == 1);
  fake.answer = taken;
  CHECK(world.queue.requeue({.statuses = {Status::held}}, world.now) == 1);
  CHECK(world.run().accepted == 1);
}

TEST_CASE("a company may say for an event what follows an unknown result") {
  DeliveryWorld world;
  const auto company = world.add_company("sur", [](auto& one) {
    one.accounts.sms = test::example_sms("sur");
    one.routes[core::Event::documento_creado].on_uncertain = OnUncertain::hold;
    one.routes[core::Event::pago_pendiente].on_uncertain = OnUncertain::resend;
  });
  world.provider("sur").answer = world.provider("sur", Channel::sms).answer = lost;
  const auto mail = world.enqueue(company, "mail");
  const auto text = world.enqueue_phone(company, Channel::sms, "text", "+56961234567");
  const auto debt = world.enqueue_phone(company, Channel::sms, "debt", "+56961234568",
                                        [](auto& one) { one.event = core::Event::pago_pendiente; });
  world.run();
  CHECK(world.status(mail) == Status::held);
  CHECK(world.status(text) == Status::held);
  CHECK(world.status(debt) == Status::retry_wait);
  CHECK(world.record(debt).reason.find("will be sent again") != std::string::npos);
}

TEST_CASE("what a crash leaves behind follows the same policy") {
  DeliveryWorld world;
  const auto company = world.add_company("sur", [](auto& one) {
    one.accounts.sms = test::example_sms("sur");
    one.accounts.whatsapp = test::example_whatsapp("sur");
    one.routes[core::Event::pago_pendiente].on_uncertain = OnUncertain::hold;
  });
  const auto mail = world.enqueue(company, "mail");
  const auto debt = world.enqueue(company, "debt", [](auto& one) { one.event = core::Event::pago_pendiente; });
  const auto text = world.enqueue_phone(company, Channel::sms, "text", "+56961234567");
  const auto chat = world.enqueue_phone(company, Channel::whatsapp, "chat", "+56961234567");
  {
    store::Queue dying{world.database};
    const auto run = dying.begin_run("process-queue", world.now);
    for (const auto channel : {Channel::email, Channel::sms, Channel::whatsapp}) {
      store::Queue::Changes changes;
      for (const auto& row :
           dying.claim_due({company, channel, store::SentBy::company}, run, world.now, world.now + 20min, 10)) {
        changes.starts.push_back(row.id);
      }
      dying.commit(changes, run, world.now, world.now + 20min);
    }
  }
  world.provider("sur", Channel::sms).look_up = [](const auto&) { return says(Answer::absent); };
  world.run();
  CHECK(world.status(mail) == Status::accepted);  // again, under the same Message-ID
  CHECK(world.status(debt) == Status::held);
  CHECK(world.status(chat) == Status::held);
  CHECK(world.status(text) == Status::retry_wait);
  world.now += 60s;
  world.run();
  CHECK(world.provider("sur", Channel::sms).lookups.size() == 1);
  CHECK(world.provider("sur", Channel::sms).received.empty());
}

TEST_CASE("a run that ends while it asks gives the row back untouched") {
  LostSms world;
  world.now += 60s;
  world.stop_requested = [&] { return !world.fake().lookups.empty(); };
  world.run();
  CHECK(world.status(world.id) == Status::retry_wait);
  CHECK(world.fake().received.size() == 1);
}

TEST_CASE("looks wait their turn behind messages, and none is forgotten") {
  LostSms world;
  std::vector<store::NotificationId> lost_ones{world.id};
  for (int i = 0; i < 3; ++i) {
    lost_ones.push_back(world.enqueue_phone(world.company, Channel::sms, "lost-" + std::to_string(i),
                                            "+5696200000" + std::to_string(i)));
  }
  world.run();
  world.now += 61s;
  world.fake().answer = taken;
  world.fake().look_up = [](const auto&) {
    return channels::LookupResult{0, Answer::found, "SM-1", 1, reply(Phase::lookup, 200)};
  };
  for (int i = 0; i < 20; ++i) {
    world.enqueue_phone(world.company, Channel::sms, "new-" + std::to_string(i), "+569630000" + std::to_string(10 + i));
  }
  world.tick = 10ms;
  const auto summary = world.run();
  CHECK(summary.accepted == 24);
  CHECK_FALSE(summary.out_of_time);
  for (const auto id : lost_ones) CHECK(world.status(id) == Status::accepted);
}
