#include "delivery/retry_policy.hpp"

#include <algorithm>

namespace egarage::delivery {

std::chrono::seconds backoff(const RetryPolicy& policy, int attempts, double random) {
  // 2^20 × 5 min is far beyond any `longest`; the bound keeps the shift defined.
  const int doublings = std::clamp(attempts - 1, 0, 20);
  const auto wait = std::min(policy.first * (std::int64_t{1} << doublings), policy.longest);
  const double jittered = static_cast<double>(wait.count()) * (0.8 + 0.4 * random);
  return std::chrono::seconds{static_cast<std::int64_t>(jittered)};
}

std::optional<core::Instant> next_attempt(const RetryPolicy& policy, int attempts, core::Instant since,
                                          core::Instant now, std::optional<std::chrono::seconds> retry_after,
                                          double random) {
  if (attempts >= policy.max_attempts) return std::nullopt;
  const auto wished = std::min(retry_after.value_or(std::chrono::seconds{0}), policy.longest);
  const auto next = now + std::max(backoff(policy, attempts, random), wished);
  if (next - since > policy.give_up_after) return std::nullopt;
  return next;
}

}  // namespace egarage::delivery
