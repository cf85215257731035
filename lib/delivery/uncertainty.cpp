#include "delivery/uncertainty.hpp"

#include <fmt/format.h>

namespace egarage::delivery {

using core::OnUncertain;
using core::Status;

core::OnUncertain on_uncertain(const ProcessQueueOptions& options, std::optional<core::OnUncertain> of_event,
                               core::Channel channel) {
  const auto known = options.on_uncertain.find(channel);
  const auto policy = of_event.value_or(known == options.on_uncertain.end() ? OnUncertain::hold : known->second);
  return policy == OnUncertain::reconcile && channel == core::Channel::email ? OnUncertain::hold : policy;
}

const RetryPolicy& retry_policy(const ProcessQueueOptions& options, core::Channel channel) {
  return channel == core::Channel::email ? options.retry : options.phone_retry;
}

store::Queue::AfterUncertain after_uncertain(core::OnUncertain policy, core::Channel channel, int max_uncertain,
                                             int uncertain_attempts, core::Instant now, std::chrono::seconds wait) {
  if (policy == OnUncertain::hold) {
    return {Status::held, now, "the result is unknown; held for a receipt or an operator"};
  }
  if (uncertain_attempts >= max_uncertain) {
    return {Status::held, now,
            fmt::format("{} attempts without a known result; held so that no more copies go out", uncertain_attempts)};
  }
  if (policy == OnUncertain::reconcile) {
    return {Status::retry_wait, now + between_looks,
            "the result is unknown; the provider will be asked for it before it is sent again", store::Again::look};
  }
  return {Status::retry_wait, now + wait,
          channel == core::Channel::email ? "the result is unknown; will be sent again under the same Message-ID"
                                          : "the result is unknown; will be sent again"};
}

}  // namespace egarage::delivery
