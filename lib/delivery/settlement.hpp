#pragma once

#include "channels/outcome.hpp"
#include "delivery/retry_policy.hpp"
#include "store/queue.hpp"

namespace egarage::delivery {

/// A message that has been handed to a sender.
struct Flight {
  store::Claimed row;
  store::Lane lane;
  store::AttemptId attempt;
};

/// What follows from an outcome, by the policy alone: the record of the attempt and where the notification goes next.
/// `uncertain_before`: attempts of this notification whose result is unknown, this one not counted.
store::Settlement settle(const Flight& flight, const channels::Outcome& outcome, const RetryPolicy& policy,
                         int uncertain_before, core::Instant now, double random);

/// Where a notification goes whose attempt's result is unknown (e-mail: again, with the same Message-ID, until the
/// policy's limit of possible copies is reached). `wait`: before the next attempt.
store::Queue::AfterUncertain after_uncertain(const RetryPolicy& policy, int uncertain_attempts, core::Instant now,
                                             std::chrono::seconds wait);

/// One line for people: phase, code and text of the provider's answer.
std::string describe(const channels::Reply& reply);

}  // namespace egarage::delivery
