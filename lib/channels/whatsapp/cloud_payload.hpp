#pragma once

#include <string>

#include "channels/channel.hpp"

namespace egarage::channels::whatsapp {

/// The body of `POST /{version}/{phone-number-id}/messages` (developers.facebook.com, "Messages API"): the approved
/// template with its parameters, or the text as it is. The recipient keeps its `+`: without it Meta would put the
/// business's own country code before it. Our attempt's id goes along (`biz_opaque_callback_data`) and comes back in
/// receipts. Components without variables are left out. For messages without a fault (fault_before_sending).
std::string cloud_payload(const Message& message);

}  // namespace egarage::channels::whatsapp
