#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "channels/channel.hpp"

namespace egarage::test {

/// What a fake provider knows and does: it remembers every message and answers by a function.
struct FakeProvider {
  std::function<channels::Outcome(const channels::Message&)> answer = [](const channels::Message&) {
    return channels::Accepted{{channels::Phase::end_of_data, 250, "2.0.0", "ok"}, "queue-id"};
  };
  channels::Standing standing;
  std::size_t places = 2;  ///< messages it takes before the next drive()
  std::vector<channels::Message> received;
  std::size_t opened = 0;
};

/// Answers each message at the drive() after it was submitted, as a real connection would.
class FakeSender : public channels::Sender {
 public:
  explicit FakeSender(FakeProvider& provider) : provider_(provider) { ++provider_.opened; }

  void expect(std::size_t) override {}
  std::size_t room() const override {
    const bool ok = provider_.standing.state == channels::Standing::State::ok;
    return ok && provider_.places > waiting_.size() ? provider_.places - waiting_.size() : 0;
  }
  void submit(channels::Message message) override { waiting_.push_back(std::move(message)); }
  void drive(channels::SteadyTime, std::vector<channels::Result>& results) override {
    for (auto& message : waiting_) {
      auto outcome = provider_.answer(message);
      results.push_back({message.token, std::move(outcome)});
      provider_.received.push_back(std::move(message));
    }
    waiting_.clear();
  }
  void add_waits(channels::WaitList& waits) const override { waits.wake_by({}); }
  std::size_t in_flight() const override { return waiting_.size(); }
  channels::Standing standing() const override { return provider_.standing; }

 private:
  FakeProvider& provider_;
  std::vector<channels::Message> waiting_;
};

}  // namespace egarage::test
