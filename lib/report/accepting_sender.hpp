#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "channels/channel.hpp"

namespace egarage::report {

/// An account whose provider takes everything at once: what a forecast sends with.
class AcceptingSender final : public channels::Sender {
 public:
  explicit AcceptingSender(std::size_t places) : places_(places) {}

  void expect(std::size_t) override {}
  std::size_t room() const override { return places_ - std::min(places_, submitted_.size()); }
  void submit(channels::Message message) override { submitted_.push_back(message.token); }
  void drive(channels::SteadyTime, std::vector<channels::Result>& results) override {
    for (const auto token : std::exchange(submitted_, {})) results.push_back({token, channels::Accepted{}});
  }
  /// Never waits: the forecast's clock moves by itself.
  void add_waits(channels::WaitList& waits) const override { waits.wake_by({}); }
  std::size_t in_flight() const override { return submitted_.size(); }
  channels::Standing standing() const override { return {}; }

 private:
  std::size_t places_;
  std::vector<std::uint64_t> submitted_;
};

}  // namespace egarage::report
