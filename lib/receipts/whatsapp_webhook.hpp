#pragma once

#include <nlohmann/json.hpp>
#include <variant>

#include "receipts/facts.hpp"

namespace egarage::receipts {

/// Whether the body is one of Meta's for WhatsApp.
bool is_whatsapp_webhook(const nlohmann::json& body);

/// What a webhook of Meta's Cloud API says (developers.facebook.com, "messages webhook reference"): any number of
/// statuses and of customers' messages, for any number of accounts; and customers who stopped or resumed marketing
/// messages ("user_preferences"). Our attempt is in `biz_opaque_callback_data`. Customers may hide their number: then a
/// fact has no spellings. Reactions and the system's own notes are no messages. Nothing is later than `now`.
std::variant<Reading, Refusal> read_whatsapp_webhook(const nlohmann::json& body, core::Instant now);

}  // namespace egarage::receipts
