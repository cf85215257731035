#pragma once

#include <optional>

#include "core/route.hpp"
#include "delivery/process_queue.hpp"
#include "store/queue.hpp"

namespace egarage::delivery {

/// What follows on that channel when nobody can tell whether an attempt arrived. `of_event`: what the company says
/// about the event, if anything. E-mail cannot be asked for, hence `hold` where it says `reconcile`.
core::OnUncertain on_uncertain(const ProcessQueueOptions& options, std::optional<core::OnUncertain> of_event,
                               core::Channel channel);

/// How the channel's refusals are repeated.
const RetryPolicy& retry_policy(const ProcessQueueOptions& options, core::Channel channel);

/// Where a notification goes whose attempt's result is unknown. `uncertain_attempts`: this one counted; `wait`: before
/// the next attempt where it is sent again.
store::Queue::AfterUncertain after_uncertain(core::OnUncertain policy, core::Channel channel, int max_uncertain,
                                             int uncertain_attempts, core::Instant now, std::chrono::seconds wait);

/// Between an uncertain attempt and the first look, and between looks.
inline constexpr std::chrono::seconds between_looks{60};
/// So many looks that find nothing prove that the message never arrived.
inline constexpr int looks_enough = 2;

}  // namespace egarage::delivery
