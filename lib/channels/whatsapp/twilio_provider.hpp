#pragma once

#include <memory>

#include "channels/http/provider.hpp"
#include "core/whatsapp_account.hpp"

namespace egarage::channels::whatsapp {

/// Twilio's WhatsApp sender. A template that has no ContentSid in its language is refused like one that is not
/// approved. A text whose answer was lost can be looked for; a template cannot, because Twilio's list shows its words
/// and we know only its parameters.
std::unique_ptr<http::Provider> make_twilio_whatsapp_provider(const core::WhatsappAccount& account,
                                                              core::Secret password);

}  // namespace egarage::channels::whatsapp
