#pragma once

#include <chrono>
#include <optional>

#include "core/instant.hpp"

namespace egarage::delivery {

/// How a channel's temporary refusals are repeated: after 5, 10, 20, 40, 80 … minutes, at most 6 hours apart, each wait
/// moved by up to a fifth either way so that a crowd spreads; given up after five days or `max_attempts`.
/// (RFC 5321 §4.5.4.1 leaves the schedule to the sender; Postfix and maddy use similar ones.)
struct RetryPolicy {
  std::chrono::seconds first = std::chrono::minutes{5};
  std::chrono::seconds longest = std::chrono::hours{6};
  std::chrono::seconds give_up_after = std::chrono::days{5};
  int max_attempts = 26;
  /// After that many attempts without a known result the message is held for an operator: every further one could be
  /// one more copy in the customer's inbox.
  int max_uncertain = 3;
};

/// The wait after `attempts` (≥ 1) failures in a row. `random` in [0, 1) chooses the jitter.
std::chrono::seconds backoff(const RetryPolicy& policy, int attempts, double random);

/// When to try again after the `attempts`-th attempt of a message that waits since `since`; never before `retry_after`,
/// the provider's own wish (honoured up to `longest`). Empty: give up.
std::optional<core::Instant> next_attempt(const RetryPolicy& policy, int attempts, core::Instant since,
                                          core::Instant now, std::optional<std::chrono::seconds> retry_after,
                                          double random);

}  // namespace egarage::delivery
