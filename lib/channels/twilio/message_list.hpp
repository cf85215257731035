#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "channels/http/provider.hpp"

namespace egarage::channels::twilio {

/// What an earlier message looks like in Twilio's list.
struct Sought {
  std::string_view to;    ///< as it was sent: `+…` or `whatsapp:+…`
  std::string_view body;  ///< as it was sent
};

/// How far Twilio's clock and ours may be apart.
inline constexpr std::chrono::minutes clock_difference{5};

/// The messages of the page that are the one looked for: sent through the API, the same recipient and text, created
/// after the attempt began, and not known to be another message. (The list is asked for by recipient only: a queued
/// message has no date_sent, so a filter by date may miss it. twilio.com/docs/messaging/api/message-resource.)
/// Empty when the answer is no such list, or when a message cannot be judged: nothing is known then.
std::optional<http::LookupPage> read_message_list(const std::string& origin, const Sought& sought, const Lookup& lookup,
                                                  const http::Answer& answer);

}  // namespace egarage::channels::twilio
