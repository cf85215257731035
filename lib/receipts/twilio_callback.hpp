#pragma once

#include <nlohmann/json.hpp>
#include <variant>

#include "receipts/facts.hpp"

namespace egarage::receipts {

/// Whether the object holds the fields of a request that Twilio made.
bool is_twilio_callback(const nlohmann::json& fields);

/// What a request of Twilio's says, its form fields and the query's `attempt` as one JSON object of texts: the status
/// of a message (twilio.com/docs/messaging/guides/track-outbound-message-status) or a message that came in
/// (twilio.com/docs/messaging/guides/webhook-request). Twilio sends no time: `received_at` (RFC 3339), which the host
/// application may add, says when the request came; without it that is `now`.
std::variant<Reading, Refusal> read_twilio_callback(const nlohmann::json& fields, core::Instant now);

}  // namespace egarage::receipts
