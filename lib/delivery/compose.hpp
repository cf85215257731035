#pragma once

#include "channels/channel.hpp"
#include "content/email_body.hpp"
#include "core/company.hpp"
#include "core/time_zone.hpp"
#include "store/queue.hpp"

namespace egarage::delivery {

/// Who signs, and whose wall clock dates the message.
struct Letterhead {
  const content::Brand* brand;
  core::TimeZone time_zone;
  std::string_view unsubscribe;  ///< of the sending account, for promotional messages
};

/// The stored notification as a message for a sender. The same row always gives the same message, so that a repeated
/// attempt is recognisable as a copy.
channels::Message compose(const store::Content& content, store::AttemptId attempt, const Letterhead& letterhead,
                          const content::EmailComposer& composer);

}  // namespace egarage::delivery
