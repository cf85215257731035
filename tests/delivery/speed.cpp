// Not part of the tests: `test_delivery "[speed]"` prints what a run costs on this machine, providers not counted.
#include <iostream>

#include "content/whatsapp_payload.hpp"
#include "core/platform/process.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;

namespace {

/// Real clocks, and a provider that answers after a real round trip.
struct RealTime {
  explicit RealTime(std::chrono::milliseconds round_trip) : round_trip_(round_trip) {}

  class Sender : public channels::Sender {
   public:
    Sender(std::size_t places, std::chrono::milliseconds round_trip) : places_(places), round_trip_(round_trip) {}
    void expect(std::size_t) override {}
    std::size_t room() const override { return places_ - waiting_.size(); }
    void submit(channels::Message message) override {
      waiting_.push_back({message.token, std::chrono::steady_clock::now() + round_trip_});
    }
    void drive(channels::SteadyTime now, std::vector<channels::Result>& results) override {
      std::erase_if(waiting_, [&](const auto& one) {
        if (one.second > now) return false;
        results.push_back({one.first, channels::Accepted{{}, "id-" + std::to_string(one.first)}});
        return true;
      });
    }
    void add_waits(channels::WaitList& waits) const override {
      for (const auto& one : waiting_) waits.wake_by(one.second);
    }
    std::size_t in_flight() const override { return waiting_.size(); }
    channels::Standing standing() const override { return {}; }

   private:
    std::size_t places_;
    std::chrono::milliseconds round_trip_;
    std::vector<std::pair<std::uint64_t, channels::SteadyTime>> waiting_;
  };

  delivery::RunSummary run(test::DeliveryWorld& world) {
    const delivery::Surroundings surroundings{
        [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); },
        [] { return std::chrono::steady_clock::now(); },
        [] { return 0.5; },
        [] { return false; },
        [&](channels::Network&,
            const delivery::SenderRequest& request) -> std::variant<std::unique_ptr<channels::Sender>, std::string> {
          return std::make_unique<Sender>(request.connections, round_trip_);
        },
        {},
        world.log};
    return delivery::process_queue(world.database, world.options, surroundings);
  }

  std::chrono::milliseconds round_trip_;
};

void report(const std::string& what, const std::function<std::size_t()>& work) {
  const auto cpu = core::platform::usage().cpu_microseconds;
  const auto began = std::chrono::steady_clock::now();
  const auto count = work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
  const auto used = static_cast<double>(core::platform::usage().cpu_microseconds - cpu) / 1e6;
  std::cout << what << ": " << count << " messages in " << wall.count() << " s, " << used << " s CPU ("
            << 100 * used / wall.count() << " %), " << 1e6 * used / static_cast<double>(count) << " us each\n";
}

}  // namespace

TEST_CASE("what a paced account costs with 20,000 messages due", "[.][speed]") {
  test::DeliveryWorld world;
  const auto company = world.add_company("sur", [](auto& one) {
    one.accounts.whatsapp = test::example_whatsapp("sur");
    one.accounts.whatsapp->pace = {.per_second = 80, .per_recipient = 6s};
  });
  core::WhatsappMessage message;
  message.name = "service_ready";
  message.language = "es";
  message.body = {{"nombre", "Ana"}, {"patente", "ABCD12"}};
  world.database.transaction([&] {
    for (int i = 0; i < 20'000; ++i) {
      store::NewNotification one;
      one.company = company;
      one.channel = core::Channel::whatsapp;
      one.dedup_key = "doc-" + std::to_string(i);
      one.recipient = "+569" + std::to_string(10'000'000 + i);
      one.body = std::string(500, 'x');
      one.payload = content::to_payload(message);
      one.message_id_domain = "taller.example";
      one.due_at = world.now - 24h * 365;
      world.queue.enqueue(one, world.now);
    }
  });
  for (const auto connections : {std::size_t{8}, std::size_t{32}}) {
    world.options.deadline = 10s;
    world.options.concurrency = connections;
    report("80 a second, 50 ms, " + std::to_string(connections) + " connections",
           [&] { return RealTime{50ms}.run(world).accepted; });
  }
}

TEST_CASE("what an unlimited e-mail account costs", "[.][speed]") {
  test::DeliveryWorld world;
  world.now = core::Instant{1'700'000'000s};
  world.enqueue_many(world.add_company("sur"), "doc-", 20'000);
  world.options.concurrency = 16;
  report("unlimited, 0 ms, 16 connections", [&] { return RealTime{0ms}.run(world).accepted; });
}
