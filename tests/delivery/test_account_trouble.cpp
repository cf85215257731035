#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using channels::Phase;
using core::Status;
using test::DeliveryWorld;
using test::reply;

namespace {

channels::Standing standing(channels::Standing::State state, int code) {
  return {state, reply(Phase::login, code), {}};
}

}  // namespace

TEST_CASE("an account that fails its login is blocked, its rows are untouched, and others go on") {
  DeliveryWorld world;
  const auto sur = world.add_company("sur");
  const auto norte = world.add_company("norte");
  const auto stuck = world.enqueue(sur, "doc-1");
  const auto fine = world.enqueue(norte, "doc-1");
  world.provider("sur").standing = standing(channels::Standing::State::blocked, 535);
  const auto summary = world.run();
  CHECK(summary.blocked_accounts == 1);
  CHECK(world.status(fine) == Status::accepted);
  CHECK(world.status(stuck) == Status::queued);
  CHECK(world.record(stuck).attempts == 0);

  SECTION("it is not tried again before its time") {
    world.now += 4min;
    CHECK(world.run().blocked_accounts == 1);
    CHECK(world.provider("sur").opened == 1);
  }
  SECTION("once repaired it delivers, and is healthy again") {
    world.provider("sur").standing = {};
    world.now += 5min;
    CHECK(world.run().accepted == 1);
    CHECK(world.history.accounts_in_trouble().empty());
  }
  SECTION("waits between logins grow") {
    for (const auto wait : {5min, 10min, 20min}) {
      const auto opened = world.provider("sur").opened;
      world.now += wait - 1s;
      world.run();
      CHECK(world.provider("sur").opened == opened);
      world.now += 1s;
      world.run();
      CHECK(world.provider("sur").opened == opened + 1);
    }
  }
}

TEST_CASE("messages whose connection ended before their turn cost no attempt") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  const auto id = world.enqueue(company, "doc-1");
  int calls = 0;
  world.provider("sur").answer = [&](const auto&) -> channels::Outcome {
    if (++calls == 1) return channels::Returned{reply(Phase::mail, 0)};
    return channels::Accepted{};
  };
  CHECK(world.run().accepted == 1);
  CHECK(world.record(id).attempts == 1);
}

TEST_CASE("a server that ends every conversation undecided gets three turns, then the account rests") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  const auto id = world.enqueue(company, "doc-1");
  world.provider("sur").answer = [](const auto&) { return channels::Returned{reply(Phase::mail, 0)}; };
  const auto summary = world.run();
  CHECK(summary.troubled_accounts == 1);
  CHECK(world.provider("sur").opened == 3);
  CHECK(world.status(id) == Status::queued);
  CHECK(world.record(id).attempts == 0);
}

TEST_CASE("a rest that a wrong clock made ten years long is no rest") {
  DeliveryWorld world{"2036-11-18T15:00:00Z"};
  const auto company = world.add_company("sur");
  world.enqueue(company, "doc-1");
  world.provider("sur").standing = standing(channels::Standing::State::paused, 421);
  world.run();
  world.provider("sur").standing = {};
  world.now -= std::chrono::hours{24} * 3652;
  CHECK(world.run().accepted == 1);
}

TEST_CASE("a company whose time zone is unknown waits, and stops nobody") {
  DeliveryWorld world;
  const auto lost = world.add_company("lost", [](auto& one) { one.time_zone = "America/Atlantis"; });
  const auto fine = world.add_company("fine");
  const auto stuck = world.enqueue(lost, "doc-1");
  world.enqueue(fine, "doc-1");
  const auto summary = world.run();
  CHECK(summary.accepted == 1);
  CHECK(summary.troubled_accounts == 1);
  CHECK(world.status(stuck) == Status::queued);
}

TEST_CASE("a company that has lost its account keeps its messages, and says so") {
  DeliveryWorld world;
  const auto company = world.add_company("sur");
  const auto id = world.enqueue(company, "doc-1");
  world.add_company("sur", [](auto& one) { one.accounts.email.reset(); });
  CHECK(world.run().blocked_accounts == 1);
  CHECK(world.status(id) == Status::queued);
}

namespace {

/// An SMS account that says for a while that it is too fast.
struct Throttled : DeliveryWorld {
  explicit Throttled(std::chrono::seconds wish) {
    tick = 20ms;
    company = add_company("sur", [](auto& one) { one.accounts.sms = test::example_sms("sur"); });
    for (int i = 0; i < 10; ++i) {
      enqueue_phone(company, core::Channel::sms, "doc-" + std::to_string(i), "+5696123" + std::to_string(4000 + i));
    }
    fake().answer = [this, wish](const auto&) -> channels::Outcome {
      if (--until_throttled == 0)
        fake().standing = {channels::Standing::State::paused, reply(Phase::answer, 429), wish};
      if (until_throttled == 0) throttled_at = steady;
      if (fake().standing.state != channels::Standing::State::ok) return channels::Returned{reply(Phase::answer, 429)};
      return channels::Accepted{};
    };
  }
  test::FakeProvider& fake() { return provider("sur", core::Channel::sms); }

  store::CompanyId company;
  int until_throttled = 4;
  channels::SteadyTime throttled_at{};
};

}  // namespace

TEST_CASE("an account that is asked to pause for seconds rests, and goes on in the same run") {
  Throttled world{5s};
  world.stop_requested = [&] {
    const bool over = world.throttled_at != channels::SteadyTime{} && world.steady >= world.throttled_at + 4s;
    if (over) world.fake().standing = {};
    return false;
  };
  CHECK(world.run().accepted == 10);
  CHECK(world.steady >= world.throttled_at + 5s);
  CHECK(world.fake().opened == 2);
  CHECK(world.history.accounts_in_trouble().empty());
}

TEST_CASE("one that is asked so again and again rests five times, then until a later run") {
  Throttled world{2s};
  CHECK(world.run().accepted == 3);
  CHECK(world.fake().opened == 1 + 5);
  CHECK(world.health(world.company, core::Channel::sms).state == store::AccountState::paused);
}

TEST_CASE("a longer pause ends the account's run") {
  Throttled world{31s};
  CHECK(world.run().accepted == 3);
  CHECK(world.fake().opened == 1);
  const auto health = world.health(world.company, core::Channel::sms);
  CHECK(health.state == store::AccountState::paused);
  CHECK(*health.retry_at >= world.now + 31s);
}
