// Messages that are marked before there is room for them on the wire.
#include <algorithm>
#include <filesystem>
#include <set>

#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using core::Channel;
using core::Status;
using test::DeliveryWorld;

namespace {

struct SixtyChats : DeliveryWorld {
  SixtyChats() : fake(provider("sur", Channel::whatsapp)) {
    const auto company = add_company("sur", [](auto& one) { one.accounts.whatsapp = test::example_whatsapp("sur"); });
    for (int i = 0; i < 60; ++i) {
      ids.push_back(
          enqueue_phone(company, Channel::whatsapp, "doc-" + std::to_string(i), "+5696123" + std::to_string(4000 + i)));
    }
    fake.places = 3;
  }
  std::int64_t count(Status status) {
    return std::ranges::count_if(ids, [&](const auto id) { return this->status(id) == status; });
  }
  test::FakeProvider& fake;
  std::vector<store::NotificationId> ids;
};

struct Death {};

}  // namespace

TEST_CASE("a run that dies at its twentieth answer leaves held only what was on the wire") {
  SixtyChats world;
  std::set<std::string> taken;
  world.fake.answer = [&](const auto& message) -> channels::Outcome {
    if (taken.size() == 20) throw Death{};
    taken.insert(message.recipient);
    return channels::Accepted{};
  };
  CHECK_THROWS_AS(world.run(), Death);
  world.fake.answer = [&](const auto& message) -> channels::Outcome {
    CHECK(taken.insert(message.recipient).second);  // nobody gets it twice
    return channels::Accepted{};
  };
  world.run();
  CHECK(world.count(Status::held) >= 1);
  CHECK(world.count(Status::held) <= 3);
  CHECK(world.count(Status::held) + world.count(Status::accepted) == 60);
  CHECK_FALSE(std::filesystem::exists(world.folder.path() / "store.db.wire-1"));
  CHECK_FALSE(std::filesystem::exists(world.folder.path() / "store.db.wire-2"));
}

TEST_CASE("a template that is refused stops those of its messages that are marked already") {
  SixtyChats world;
  std::size_t asked = 0;
  world.fake.answer = [&](const auto&) -> channels::Outcome {
    if (++asked <= 30) return channels::Accepted{};
    return channels::TemplateRefused{test::reply(channels::Phase::answer, 132001)};
  };
  world.run();
  CHECK(asked <= 30 + 3);
  CHECK(world.count(Status::accepted) == 30);
  CHECK(world.count(Status::queued) == 30);
}

TEST_CASE("where there can be no wire log and the policy is hold, no more is marked than goes on the wire at once") {
  SixtyChats world;
  std::filesystem::create_directories(world.folder.path() / "store.db.wire-1" / "in the way");
  auto& fake = world.fake;
  std::int64_t most = 0;
  auto seen_by_others = store::Database::open_read_only(world.folder.path() / "store.db");
  fake.answer = [&](const auto&) {
    for (const auto& [status, count] : store::History{seen_by_others}.states_now()) {
      if (status == Status::sending) most = std::max(most, count);
    }
    return channels::Accepted{};
  };
  CHECK(world.run().accepted == 60);
  CHECK(most >= 1);
  CHECK(std::ranges::count(world.log.names, "no_wire_log") == 1);
  CHECK(most <= 3 + 3);  // those on the wire, and those just answered whose end is not on disk yet
}
