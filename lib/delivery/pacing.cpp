#include "delivery/pacing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace egarage::delivery {

namespace {

std::int64_t steady_ms(channels::SteadyTime steady) {
  return std::chrono::floor<std::chrono::milliseconds>(steady.time_since_epoch()).count();
}

constexpr std::size_t largest_portion = 256;

/// At least one.
std::size_t messages_in(double seconds, double per_second) {
  return static_cast<std::size_t>(
      std::clamp(std::ceil(per_second * seconds), 1.0, static_cast<double>(largest_portion)));
}

std::size_t portion_of(const core::Pace& pace, std::size_t connections) {
  if (!pace.per_second) return largest_portion;
  const auto in_a = [&](double seconds) { return messages_in(seconds, *pace.per_second); };
  if (in_a(0.5) < connections) return in_a(0.25);
  const auto rounds = (in_a(0.25) + connections - 1) / connections;
  return std::min(rounds * connections, in_a(0.5));
}

/// Half a second's worth fits into a reservation.
bool is_slow(const core::Pace& pace) {
  return pace.per_second && *pace.per_second * 0.5 < static_cast<double>(largest_portion);
}

}  // namespace

core::Instant second_of(std::int64_t ms) { return core::Instant{std::chrono::seconds{(ms + 999) / 1000}}; }

std::int64_t WallClock::ms(core::Instant now, channels::SteadyTime steady) {
  const auto least = std::int64_t{now.time_since_epoch().count()} * 1000 - steady_ms(steady);
  offset_ms_ = std::clamp(offset_ms_, least, least + 999);
  return steady_ms(steady) + offset_ms_;
}

channels::SteadyTime WallClock::steady_at(std::int64_t ms) const {
  return channels::SteadyTime{std::chrono::milliseconds{ms - offset_ms_}};
}

AccountPace::AccountPace(core::Pace pace, std::size_t connections, Marks marks)
    : pace_(pace),
      marks_(is_slow(pace) ? marks : Marks::at_their_time),
      portion_(portion_of(pace, std::max<std::size_t>(connections, 1))) {
  if (!marks_ahead()) return;
  portion_ = messages_in(0.5, *pace.per_second);
  at_a_time_ = std::clamp<std::size_t>(connections, 1, messages_in(0.25, *pace.per_second));
}

std::vector<std::int64_t> AccountPace::begin_times() const {
  std::vector<std::int64_t> times;
  const auto between_ms = 1000.0 * static_cast<double>(at_a_time_) / pace_.per_second.value_or(1);
  for (const auto& grant : grants_) {
    for (std::size_t i = 0; i < grant.messages; ++i) {
      const auto after_ms = marks_ahead() ? between_ms * static_cast<double>(i / at_a_time_) : 0.0;
      times.push_back(grant.at_ms + std::llround(after_ms));
    }
  }
  return times;
}

std::size_t AccountPace::permits(std::int64_t now_ms) const {
  if (!is_limited()) return std::numeric_limits<std::size_t>::max();
  std::size_t sum = 0;
  for (const auto& grant : grants_) sum += grant.at_ms <= now_ms ? grant.messages : 0;
  return sum;
}

void AccountPace::take(std::size_t messages) {
  while (messages > 0 && !grants_.empty()) {
    const auto taken = std::min(messages, grants_.front().messages);
    grants_.front().messages -= taken;
    messages -= taken;
    if (grants_.front().messages == 0) grants_.pop_front();
  }
}

std::optional<std::int64_t> AccountPace::next_ms(std::int64_t now_ms) const {
  for (const auto& grant : grants_) {
    if (grant.at_ms > now_ms) return grant.at_ms;
  }
  return std::nullopt;
}

std::size_t AccountPace::wish(std::size_t waiting, std::int64_t now_ms) const {
  if (!is_limited() || used_up_until_ || next_ms(now_ms)) return 0;
  const auto in_hand = unused();
  if (waiting <= in_hand || in_hand > portion_) return 0;
  return std::min(portion_, waiting - in_hand);
}

void AccountPace::add(const store::Grant& grant) {
  if (grant.messages > 0) grants_.push_back(grant);
  used_up_until_ = grant.used_up_until;
}

std::size_t AccountPace::unused() const {
  std::size_t sum = 0;
  for (const auto& grant : grants_) sum += grant.messages;
  return sum;
}

std::optional<core::Instant> AccountPace::used_up_until() const {
  return grants_.empty() ? used_up_until_ : std::nullopt;
}

std::string AccountPace::used_up_reason() const {
  return fmt::format("the account's {} messages of these 24 hours are used up", pace_.per_day.value_or(0));
}

void Recipients::learn(const store::RecipientPace& pace) {
  auto& known = known_[pace.recipient];
  known.next_ms = std::max(known.next_ms, std::int64_t{pace.next_at.time_since_epoch().count()} * 1000);
  known.failures = std::max(known.failures, pace.failures);
}

bool Recipients::is_busy(const std::string& recipient) const {
  const auto known = known_.find(recipient);
  return known != known_.end() && known->second.busy;
}

std::int64_t Recipients::next_ms(const std::string& recipient) const {
  const auto known = known_.find(recipient);
  return known == known_.end() ? 0 : known->second.next_ms;
}

void Recipients::begin(const std::string& recipient, std::int64_t now_ms) {
  auto& known = known_[recipient];
  known.busy = true;
  if (spacing_ != std::chrono::seconds{0}) known.next_ms = now_ms + spacing_ms();
}

void Recipients::end(const std::string& recipient) {
  const auto known = known_.find(recipient);
  if (known == known_.end()) return;
  known->second.busy = false;
  if (known->second.next_ms == 0) known_.erase(known);
}

store::RecipientPace Recipients::throttled(const std::string& recipient, std::int64_t now_ms) {
  constexpr int most_doublings = 7;  // 4^7 s are four and a half hours
  auto& known = known_[recipient];
  const auto wait_ms = std::int64_t{1000} << (2 * std::min(known.failures, most_doublings));
  ++known.failures;
  known.next_ms = now_ms + std::max(wait_ms, spacing_ms());
  return {recipient, second_of(known.next_ms), known.failures};
}

std::optional<store::RecipientPace> Recipients::succeeded(const std::string& recipient) {
  const auto known = known_.find(recipient);
  if (known == known_.end() || known->second.failures == 0) return std::nullopt;
  known->second.failures = 0;
  return store::RecipientPace{recipient, second_of(known->second.next_ms), 0};
}

}  // namespace egarage::delivery
