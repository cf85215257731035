#pragma once

#include "channels/channel.hpp"
#include "content/email_body.hpp"
#include "core/company.hpp"
#include "core/time_zone.hpp"
#include "core/whatsapp_account.hpp"
#include "store/queue.hpp"

namespace egarage::delivery {

/// Who signs, and whose wall clock dates the message.
struct Letterhead {
  const content::Brand* brand;
  core::TimeZone time_zone;
  std::string_view unsubscribe;  ///< of the sending account, for promotional messages
  core::WhatsappMessages whatsapp = core::WhatsappMessages::templates;  ///< what the sending account may send
};

/// What depends on the moment of the attempt.
struct Occasion {
  core::Instant now;
  std::optional<core::Instant> last_inbound{};  ///< WhatsApp: when the recipient last wrote to the company
};

/// A customer's message opens WhatsApp's window for that long (developers.facebook.com, "Customer service windows").
inline constexpr std::chrono::hours whatsapp_window{24};

/// The stored notification as a message for a sender. The same row always gives the same octets of an e-mail, so that a
/// repeated attempt is recognisable as a copy.
/// E-mail: HTML and text from the stored Markdown. SMS: the stored text. WhatsApp: the approved template, or the stored
/// text alone while the window is open and the account wants that.
channels::Message compose(const store::Content& content, store::AttemptId attempt, const Letterhead& letterhead,
                          const content::EmailComposer& composer, const Occasion& occasion);

}  // namespace egarage::delivery
