#include "receipts/body.hpp"

#include <fmt/format.h>

#include "receipts/twilio_callback.hpp"
#include "receipts/whatsapp_webhook.hpp"

namespace egarage::receipts {

using nlohmann::json;

std::variant<Reading, Refusal> read_body(std::string_view text, core::Instant now) {
  if (text.size() > longest_body) return Refusal{"is longer than 8 MiB"};
  bool too_deep = false;
  const auto keep = [&](int depth, json::parse_event_t, const json&) {
    too_deep |= depth > deepest_body;
    return !too_deep;
  };
  constexpr bool with_exceptions = false;
  const auto body = json::parse(text, keep, with_exceptions);
  if (too_deep) return Refusal{fmt::format("nests deeper than {} levels", deepest_body)};
  if (body.is_discarded()) return Refusal{"is not valid JSON"};
  if (!body.is_object()) return Refusal{"is not a JSON object"};
  if (is_whatsapp_webhook(body)) return read_whatsapp_webhook(body, now);
  if (is_twilio_callback(body)) return read_twilio_callback(body, now);
  return Refusal{
      "is neither a webhook of WhatsApp (\"object\": \"whatsapp_business_account\") nor one of Twilio's "
      "(MessageSid)"};
}

}  // namespace egarage::receipts
