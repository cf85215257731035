#pragma once

#include <algorithm>
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
  std::size_t most_in_flight = 0;
  std::function<channels::LookupResult(const channels::Lookup&)> look_up;  ///< empty: cannot be asked
  std::vector<channels::Lookup> lookups;
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
  void submit(channels::Message message) override {
    waiting_.push_back(std::move(message));
    provider_.most_in_flight = std::max(provider_.most_in_flight, waiting_.size());
  }
  void drive(channels::SteadyTime, std::vector<channels::Result>& results) override {
    for (auto& message : waiting_) {
      auto outcome = provider_.answer(message);
      results.push_back({message.token, std::move(outcome)});
      provider_.received.push_back(std::move(message));
    }
    waiting_.clear();
  }
  void add_waits(channels::WaitList& waits) const override { waits.wake_by({}); }
  std::size_t in_flight() const override { return waiting_.size() + asked_.size(); }
  channels::Standing standing() const override { return provider_.standing; }
  bool can_look_up() const override { return provider_.look_up != nullptr; }
  void look_up(channels::Lookup lookup) override { asked_.push_back(std::move(lookup)); }
  std::vector<channels::LookupResult> take_lookups() override {
    std::vector<channels::LookupResult> results;
    for (auto& lookup : asked_) {
      results.push_back(provider_.look_up(lookup));
      results.back().token = lookup.token;
      provider_.lookups.push_back(std::move(lookup));
    }
    asked_.clear();
    return results;
  }

 private:
  FakeProvider& provider_;
  std::vector<channels::Message> waiting_;
  std::vector<channels::Lookup> asked_;
};

}  // namespace egarage::test
