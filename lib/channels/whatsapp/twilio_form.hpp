#pragma once

#include "channels/channel.hpp"
#include "channels/http/form.hpp"
#include "core/whatsapp_account.hpp"

namespace egarage::channels::whatsapp {

/// Where Twilio knows a number on WhatsApp: `whatsapp:+56912345678`.
std::string twilio_address(std::string_view number);

/// The fields of a message through Twilio's WhatsApp sender (twilio.com/docs/whatsapp/api): an approved template as
/// ContentSid and ContentVariables, or the text as it is. The variables are numbered as WhatsApp demands of templates
/// (twilio.com/docs/content/using-variables-with-content-api): those of the body in their order, whatever their names,
/// then the header's link, then the buttons'.
http::Form twilio_form(const core::WhatsappAccount& account, const Message& message);

}  // namespace egarage::channels::whatsapp
