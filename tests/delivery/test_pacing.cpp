#include "delivery/pacing.hpp"

#include <algorithm>
#include <map>

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

/// The clock of these tests moves whenever it is read.
constexpr auto slack = 5ms;

struct PacedWorld : DeliveryWorld {
  explicit PacedWorld(core::Pace pace, Channel channel = Channel::sms) : channel_(channel) {
    time_flies = true;
    company = add_company("sur", [&](auto& one) {
      one.accounts.whatsapp = test::example_whatsapp("sur");
      one.accounts.sms = test::example_sms("sur");
      one.accounts.whatsapp->pace = one.accounts.sms->pace = pace;
    });
    fake().answer = [this](const auto& message) {
      sent_at.push_back(steady);
      sent_to[message.recipient].push_back(steady);
      return channels::Accepted{};
    };
  }
  test::FakeProvider& fake() { return provider("sur", channel_); }
  void enqueue_to_many(std::size_t count, const std::string& prefix = "doc-") {
    for (std::size_t i = 0; i < count; ++i) {
      enqueue_phone(company, channel_, prefix + std::to_string(i), "+5696100" + std::to_string(1000 + i));
    }
  }

  Channel channel_;
  store::CompanyId company;
  std::vector<channels::SteadyTime> sent_at;
  std::map<std::string, std::vector<channels::SteadyTime>> sent_to;
};

/// The most messages that left within any one second.
std::size_t most_in_a_second(const std::vector<channels::SteadyTime>& times) {
  std::size_t most = 0;
  for (auto from = times.begin(); from != times.end(); ++from) {
    const auto to = std::upper_bound(from, times.end(), *from + 999ms);
    most = std::max(most, static_cast<std::size_t>(to - from));
  }
  return most;
}

}  // namespace

TEST_CASE("an account sends no faster than its pace, and no slower where nothing else holds it up") {
  PacedWorld world{{.per_second = 8}};
  world.enqueue_to_many(80);
  CHECK(world.run().accepted == 80);
  CHECK(world.sent_at.back() - world.sent_at.front() >= 9s);
  CHECK(world.sent_at.back() - world.sent_at.front() <= 11s);
  CHECK(most_in_a_second(world.sent_at) <= 8 + 2);  // a quarter of a second's worth at a time
}

TEST_CASE("eighty a second are sent as many at a time as there are connections, and marked half a second ahead") {
  PacedWorld world{{.per_second = 80}};
  world.fake().places = 8;
  world.enqueue_to_many(400);
  std::int64_t most_marked = 0;
  auto seen_by_others = store::Database::open_read_only(world.folder.path() / "store.db");
  const auto answer = world.fake().answer;
  world.fake().answer = [&](const auto& message) {
    for (const auto& [status, count] : store::History{seen_by_others}.states_now()) {
      if (status == Status::sending) most_marked = std::max(most_marked, count);
    }
    return answer(message);
  };
  CHECK(world.run().accepted == 400);
  CHECK(world.sent_at.back() - world.sent_at.front() >= 4500ms);
  CHECK(world.sent_at.back() - world.sent_at.front() <= 6s);
  CHECK(most_in_a_second(world.sent_at) <= 80 + 2 * 8);  // a round at either end
  CHECK(most_marked >= 32);
  CHECK(most_marked <= 40 + 2 * 8);
}

TEST_CASE("an account that has not proved to work marks no more than it can put on the wire") {
  PacedWorld world{{.per_second = 80}};
  world.enqueue_to_many(40);
  world.fake().answer = [&](const auto& message) -> channels::Outcome {
    world.sent_to[message.recipient].push_back(world.steady);
    world.fake().standing = {channels::Standing::State::blocked, reply(Phase::answer, 190), {}};
    return channels::Returned{reply(Phase::answer, 190)};
  };
  CHECK(world.run().accepted == 0);
  CHECK(world.sent_to.size() <= 2);
  std::size_t attempts = 0;
  for (int i = 0; i < 40; ++i) {
    attempts += world.history.notification(world.company, "doc-" + std::to_string(i))->attempt_records.size();
  }
  CHECK(attempts <= 2);
}

TEST_CASE("the pace goes on where the last run left it") {
  PacedWorld world{{.per_second = 0.5}};
  world.enqueue_to_many(1, "first-");
  CHECK(world.run().accepted == 1);
  world.enqueue_to_many(1, "second-");
  CHECK(world.run().accepted == 1);
  REQUIRE(world.sent_at.size() == 2);
  CHECK(world.sent_at[1] - world.sent_at[0] >= 1s);  // two, less what the wall clock does not tell
}

TEST_CASE("what a run reserved and did not use is given back") {
  PacedWorld world{{.per_second = 4, .per_day = 10}};
  world.enqueue_to_many(3);
  CHECK(world.run().accepted == 3);
  world.enqueue_to_many(7, "more-");
  CHECK(world.run().accepted == 7);
}

TEST_CASE("when the day's messages are used up the rest waits for the next day, with the reason") {
  PacedWorld world{{.per_day = 5}};
  world.options.batch = 4;
  world.enqueue_to_many(20);
  const auto began = world.now;
  auto summary = world.run();
  CHECK(summary.accepted == 5);
  CHECK(summary.postponed == 15);
  const auto last = world.history.notification(world.company, "doc-19");
  CHECK(last->status == Status::queued);
  CHECK(last->reason == "the account's 5 messages of these 24 hours are used up");
  CHECK(*last->due_at >= began + 24h);
  CHECK(*last->due_at <= began + 24h + 2s);
  CHECK(last->attempts == 0);

  world.enqueue_to_many(1, "new-");
  CHECK(world.run().accepted == 0);
  world.now = began + 24h + 2s;
  CHECK(world.run().accepted == 5);
}

TEST_CASE("an account without limits is not written into the table of paces") {
  PacedWorld world{{}};
  world.enqueue_to_many(5);
  CHECK(world.run().accepted == 5);
  const auto grant = store::Paces{world.database}.reserve({world.company, Channel::sms}, {.per_day = 9}, 9, 1);
  CHECK(grant.messages == 9);
}

TEST_CASE("one person gets messages no closer together than the account's spacing; others do not wait for that") {
  PacedWorld world{{.per_recipient = 3s}, Channel::whatsapp};
  for (int i = 0; i < 3; ++i) {
    world.enqueue_phone(world.company, Channel::whatsapp, "ana-" + std::to_string(i), "+56961111111");
  }
  world.enqueue_to_many(20);
  CHECK(world.run().accepted == 23);
  const auto& ana = world.sent_to["+56961111111"];
  REQUIRE(ana.size() == 3);
  CHECK(ana[1] - ana[0] >= 3s - slack);
  CHECK(ana[2] - ana[1] >= 3s - slack);
  for (const auto& [to, times] : world.sent_to) {
    if (to != "+56961111111") CHECK(times.front() - world.sent_at.front() < 1s);
  }
}

TEST_CASE("the spacing holds across runs") {
  PacedWorld world{{.per_recipient = 5s}};
  world.enqueue_phone(world.company, Channel::sms, "one", "+56961111111");
  world.run();
  world.enqueue_phone(world.company, Channel::sms, "two", "+56961111111");
  CHECK(world.run().accepted == 1);
  CHECK(world.sent_at[1] - world.sent_at[0] >= 4s);
}

TEST_CASE("a person with many messages does not keep them all in hand: the later ones are put back") {
  PacedWorld world{{.per_recipient = 6s}};
  world.time_flies = false;
  for (int i = 0; i < 5; ++i) {
    world.enqueue_phone(world.company, Channel::sms, "ana-" + std::to_string(i), "+56961111111");
  }
  world.options.deadline = 1s;
  CHECK(world.run().accepted == 1);
  const auto last = world.history.notification(world.company, "ana-4");
  CHECK(last->reason == "the recipient's last message is too recent");
  CHECK(*last->due_at >= world.now + 12s);
}

TEST_CASE("two messages for one person are never under way at once on a phone channel") {
  PacedWorld world{{}};
  world.fake().places = 8;
  for (int i = 0; i < 6; ++i) {
    world.enqueue_phone(world.company, Channel::sms, "ana-" + std::to_string(i), "+56961111111");
  }
  CHECK(world.run().accepted == 6);
  CHECK(world.fake().most_in_flight == 1);
}

TEST_CASE("a person whom the provider finds too fast waits 4^n seconds, with all that is for them; others go on") {
  PacedWorld world{{}, Channel::whatsapp};
  world.time_flies = false;
  const auto first = world.enqueue_phone(world.company, Channel::whatsapp, "ana-1", "+56961111111");
  const auto second = world.enqueue_phone(world.company, Channel::whatsapp, "ana-2", "+56961111111");
  const auto other = world.enqueue_phone(world.company, Channel::whatsapp, "luis", "+56962222222");
  world.fake().answer = [](const channels::Message& message) -> channels::Outcome {
    if (message.recipient == "+56962222222") return channels::Accepted{};
    return channels::Deferred{reply(Phase::answer, 131056), {}, channels::Deferred::Scope::recipient};
  };
  world.options.deadline = 1s;
  world.run();
  CHECK(world.status(other) == Status::accepted);
  CHECK(world.status(first) == Status::retry_wait);
  CHECK(*world.record(first).due_at - world.now <= 2s);
  CHECK(world.record(second).attempts == 0);

  std::vector<std::chrono::seconds> waits;
  for (int i = 0; i < 3; ++i) {
    world.now = std::max(*world.record(first).due_at, *world.record(second).due_at) + 1s;
    world.run();
    waits.push_back(std::max(*world.record(first).due_at, *world.record(second).due_at) - world.now);
  }
  const std::chrono::seconds expected[] = {4s, 16s, 64s};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(waits[i] >= expected[i]);
    CHECK(waits[i] <= expected[i] + 1s);  // kept to the second
  }

  // A success makes it one second again.
  world.fake().answer = [](const auto&) { return channels::Accepted{}; };
  world.now += 65s;
  CHECK(world.run().accepted >= 1);
  world.now += 65s;
  world.run();
  CHECK(world.status(first) == Status::accepted);
  CHECK(world.status(second) == Status::accepted);
  CHECK(store::Paces{world.database}.recipients({world.company, Channel::whatsapp}, {"+56961111111"}).at(0).failures ==
        0);
}

TEST_CASE("a wall clock that tells seconds and a steady one together tell milliseconds") {
  delivery::WallClock clock;
  const core::Instant noon{1'800'000'000s};
  const channels::SteadyTime start{5s};
  const auto first = clock.ms(noon, start);
  CHECK(first / 1000 == 1'800'000'000);
  CHECK(clock.ms(noon, start + 400ms) == first + 400);
  CHECK(clock.ms(noon + 1s, start + 600ms) >= 1'800'000'001'000);  // the second has passed after 600 ms
  const auto later = clock.ms(noon + 1s, start + 700ms);
  CHECK(clock.steady_at(later + 50) == start + 750ms);
  CHECK(clock.ms(noon + 1h, start + 800ms) / 1000 == 1'800'003'600);  // it was set
  CHECK(clock.ms(noon - 1h, start + 900ms) / 1000 == 1'799'996'400);
}

TEST_CASE("a pace that passes a whole reservation within a group of marks makes nobody wait for free connections") {
  using delivery::AccountPace;
  const auto is_behind = [](core::Pace pace) {
    return AccountPace{pace, 16, AccountPace::Marks::at_their_time}.is_behind(0);
  };
  CHECK(is_behind({.per_second = 100'000}));
  CHECK(is_behind({.per_day = 1000}));
  CHECK_FALSE(is_behind({.per_second = 80}));
  CHECK_FALSE(is_behind({.per_second = 5'000}));
}
