#include "receipts/twilio_callback.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include "content/whatsapp_message.hpp"
#include "receipts/failures.hpp"
#include "receipts/fields.hpp"
#include "receipts/opt_out_words.hpp"
#include "receipts/spellings.hpp"

namespace egarage::receipts {
namespace {

using nlohmann::json;
using store::ReceiptStatus;

// The message's resource: twilio.com/docs/messaging/api/message-resource. Whatever status it has first, Twilio has it.
constexpr std::array<std::pair<std::string_view, ReceiptStatus>, 11> statuses{{
    {"accepted", ReceiptStatus::sent},
    {"scheduled", ReceiptStatus::sent},
    {"queued", ReceiptStatus::sent},
    {"sending", ReceiptStatus::sent},
    {"sent", ReceiptStatus::sent},
    {"partially_delivered", ReceiptStatus::delivered},
    {"delivered", ReceiptStatus::delivered},
    {"read", ReceiptStatus::read},
    {"undelivered", ReceiptStatus::failed},
    {"failed", ReceiptStatus::failed},
    {"canceled", ReceiptStatus::failed},
}};

/// A party of a message: `+56912345678`, or `whatsapp:+56912345678` on that channel.
struct Party {
  std::optional<core::Channel> channel;  ///< empty: one that we do not use
  std::string number;
};

Party party(const json& fields, const char* key) {
  auto address = name_field(fields, key);
  constexpr std::string_view prefix = "whatsapp:";
  if (address.starts_with(prefix)) return {core::Channel::whatsapp, address.substr(prefix.size())};
  if (address.find(':') != std::string::npos) return {std::nullopt, {}};
  return {core::Channel::sms, std::move(address)};
}

core::Instant moment(const json& fields, core::Instant now) {
  return std::min(core::parse_instant(text_field(fields, "received_at")).value_or(now), now);
}

Reading ignored() { return {{}, 1}; }

Reading read_status(const json& fields, std::string id, const std::string& word, core::Instant now) {
  const auto* const said = std::ranges::find(statuses, word, [](const auto& row) { return row.first; });
  const auto to = party(fields, "To");
  if (said == statuses.end() || !to.channel) return ignored();
  MessageStatus fact;
  fact.account.channel = *to.channel;
  fact.account.account_sid = name_field(fields, "AccountSid");
  fact.recipient = spellings_of(to.number);
  auto& receipt = fact.receipt;
  receipt.channel = *to.channel;
  receipt.provider_id = std::move(id);
  if (const auto attempt = number_field(fields, "attempt")) receipt.attempt = store::AttemptId{*attempt};
  receipt.status = said->second;
  receipt.said_at = moment(fields, now);
  if (receipt.status == ReceiptStatus::failed) {
    const auto code = number_field(fields, "ErrorCode").value_or(0);
    receipt.code = code > std::numeric_limits<int>::max() ? 0 : static_cast<int>(code);
    receipt.failure = failure_of_twilio(code);
    receipt.text = words(text_field(fields, "ErrorMessage"));
    if (receipt.text.empty()) receipt.text = word;
  }
  Reading reading;
  reading.facts.emplace_back(std::move(fact));
  return reading;
}

Reading read_inbound(const json& fields, core::Instant now) {
  const auto from = party(fields, "From");
  if (!from.channel) return ignored();
  const ProviderAccount account{*from.channel, "", name_field(fields, "AccountSid"), party(fields, "To").number,
                                name_field(fields, "MessagingServiceSid")};
  const auto numbers = spellings_of(from.number);
  Reading reading;
  reading.facts.push_back(Inbound{account, numbers, moment(fields, now)});
  if (text_field(fields, "OptOutType") == "STOP") {
    // Twilio itself takes no further message to this number (twilio.com/docs/api/errors/21610).
    reading.facts.push_back(OptOut{account, numbers, store::SuppressionScope::all, "opted out at Twilio"});
  } else if (is_opt_out(text_field(fields, "Body")) ||
             text_field(fields, "ButtonPayload") == content::opt_out_payload) {
    reading.facts.push_back(OptOut{account, numbers, store::SuppressionScope::promotional, "answered STOP"});
  }
  return reading;
}

}  // namespace

bool is_twilio_callback(const json& fields) {
  return field(fields, "MessageSid").is_string() || field(fields, "SmsSid").is_string();
}

std::variant<Reading, Refusal> read_twilio_callback(const json& fields, core::Instant now) {
  auto id = name_field(fields, "MessageSid");
  if (id.empty()) id = name_field(fields, "SmsSid");
  if (id.empty()) return Refusal{"has a MessageSid that is none"};
  if (name_field(fields, "AccountSid").empty()) return Refusal{"has no AccountSid"};
  if (const auto& at = field(fields, "received_at");
      !at.is_null() && !core::parse_instant(text_field(fields, "received_at"))) {
    return Refusal{"has a received_at that is no instant such as 2026-12-01T09:00:00-03:00"};
  }
  auto word = text_field(fields, "MessageStatus");
  if (word.empty()) word = text_field(fields, "SmsStatus");
  const bool came_in = word == "received" || word == "receiving" || (word.empty() && field(fields, "Body").is_string());
  return came_in ? read_inbound(fields, now) : read_status(fields, std::move(id), word, now);
}

}  // namespace egarage::receipts
