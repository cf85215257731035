#pragma once

#include "channels/outcome.hpp"
#include "core/route.hpp"
#include "core/whatsapp_account.hpp"
#include "delivery/retry_policy.hpp"
#include "store/queue.hpp"

namespace egarage::delivery {

/// A claimed row that may go out.
struct Waiting {
  store::Claimed row;
  store::Lane lane;
};

/// A message that has been handed to a sender.
struct Flight {
  store::Claimed row;
  store::Lane lane;
  store::AttemptId attempt;
  core::WhatsappMessages sent_as = core::WhatsappMessages::templates;  ///< WhatsApp: text is sent in the window only
};

/// What decides where a notification goes.
struct SettlementRules {
  const RetryPolicy& retry;
  core::OnUncertain on_uncertain;
  int uncertain_before = 0;  ///< attempts of this notification with an unknown result, this one not counted
  std::optional<core::Instant> again_at{};  ///< when a refused one may try again, where that is known already
};

/// What follows from an outcome, by the rules alone: the record of the attempt and where the notification goes next.
store::Settlement settle(const Flight& flight, const channels::Outcome& outcome, const SettlementRules& rules,
                         core::Instant now, double random);

/// One line for people: phase, code and text of the provider's answer.
std::string describe(const channels::Reply& reply);

}  // namespace egarage::delivery
