#include "delivery/compose.hpp"

namespace egarage::delivery {

channels::Message compose(const store::Content& content, store::AttemptId attempt, const Letterhead& letterhead,
                          const content::EmailComposer& composer) {
  auto body = composer.compose(content.subject, content.body, *letterhead.brand, content.event, content.language,
                               letterhead.unsubscribe);
  channels::Message message;
  message.token = static_cast<std::uint64_t>(attempt.value);
  message.id = content.message_id;
  message.created_at = content.created_at;
  message.utc_offset = letterhead.time_zone.offset(content.created_at);
  message.event_class = core::traits(content.event).event_class;
  message.recipient_name = content.recipient_name;
  message.recipient = content.recipient;
  message.subject = content.subject;
  message.text = std::move(body.text);
  message.html = std::move(body.html);
  return message;
}

}  // namespace egarage::delivery
