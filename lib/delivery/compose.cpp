#include "delivery/compose.hpp"

#include <algorithm>

#include "content/whatsapp_payload.hpp"

namespace egarage::delivery {

namespace {

bool is_window_open(const Letterhead& letterhead, const Occasion& occasion) {
  return letterhead.whatsapp == core::WhatsappMessages::text_in_window && occasion.last_inbound &&
         *occasion.last_inbound <= occasion.now && occasion.now - *occasion.last_inbound < whatsapp_window;
}

}  // namespace

channels::Message compose(const store::Content& content, store::AttemptId attempt, const Letterhead& letterhead,
                          const content::EmailComposer& composer, const Occasion& occasion) {
  channels::Message message;
  message.token = static_cast<std::uint64_t>(attempt.value);
  message.id = content.message_id;
  message.created_at = content.created_at;
  message.utc_offset = letterhead.time_zone.offset(content.created_at);
  message.event_class = core::traits(content.event).event_class;
  message.recipient_name = content.recipient_name;
  message.recipient = content.recipient;
  if (content.channel == core::Channel::email) {
    auto body = composer.compose(content.subject, content.body, *letterhead.brand, content.event, content.language,
                                 letterhead.unsubscribe);
    message.subject = content.subject;
    message.text = std::move(body.text);
    message.html = std::move(body.html);
    return message;
  }
  message.text = content.body;
  if (content.channel == core::Channel::whatsapp && !is_window_open(letterhead, occasion)) {
    message.whatsapp = content::parse_payload(content.payload);
  }
  if (content.not_after) {
    message.valid_for = std::max(std::chrono::seconds{*content.not_after - occasion.now}, std::chrono::seconds{1});
  }
  return message;
}

}  // namespace egarage::delivery
