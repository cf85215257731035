#include "receipts/whatsapp_webhook.hpp"

#include <fmt/format.h>

#include <limits>

#include "content/whatsapp_message.hpp"
#include "receipts/failures.hpp"
#include "receipts/fields.hpp"
#include "receipts/opt_out_words.hpp"
#include "receipts/spellings.hpp"

namespace egarage::receipts {
namespace {

using nlohmann::json;
using store::ReceiptStatus;

// "played": a voice message was listened to.
constexpr core::EnumNames<ReceiptStatus, 5> status_names{{{ReceiptStatus::sent, "sent"},
                                                          {ReceiptStatus::delivered, "delivered"},
                                                          {ReceiptStatus::read, "read"},
                                                          {ReceiptStatus::read, "played"},
                                                          {ReceiptStatus::failed, "failed"}}};

/// `Message undeliverable: details`; `error_data` is an object or a text.
std::string words_of_error(const json& error) {
  auto title = text_field(error, "title");
  if (title.empty()) title = text_field(error, "message");
  auto details = text_field(field(error, "error_data"), "details");
  if (details.empty()) details = text_field(error, "error_data");
  if (title.empty() || details.empty() || title == details) return words(title.empty() ? details : title);
  return words(title + ": " + details);
}

/// Reads the parts of one `value`: they are of one account.
class ValueReader {
 public:
  ValueReader(const json& value, core::Instant now, Reading& reading) : value_(value), now_(now), reading_(reading) {
    account_.channel = core::Channel::whatsapp;
    account_.phone_number_id = name_field(field(value, "metadata"), "phone_number_id");
  }

  void read_messages() {
    for (const auto& status : list_field(value_, "statuses")) read_status(status);
    for (const auto& message : list_field(value_, "messages")) read_inbound(message);
  }

  void read_preferences() {
    for (const auto& preference : list_field(value_, "user_preferences")) {
      if (text_field(preference, "value") != "stop") {
        ++reading_.ignored;
        continue;
      }
      reading_.facts.push_back(OptOut{account_, spellings_of(name_field(preference, "wa_id")),
                                      store::SuppressionScope::promotional, "stopped marketing messages"});
    }
  }

 private:
  void read_status(const json& status) {
    const auto said = core::value_of(status_names, text_field(status, "status"));
    MessageStatus fact;
    fact.account = account_;
    fact.receipt.provider_id = name_field(status, "id");
    if (!said || fact.receipt.provider_id.empty()) {
      ++reading_.ignored;
      return;
    }
    fact.receipt.channel = core::Channel::whatsapp;
    fact.receipt.status = *said;
    fact.receipt.said_at = time_field(status, "timestamp", now_);
    // Whoever else sends through this number puts there what they like.
    if (const auto attempt = number_field(status, "biz_opaque_callback_data")) {
      fact.receipt.attempt = store::AttemptId{*attempt};
    }
    fact.recipient = spellings_of(name_field(status, "recipient_id"));
    const auto& errors = list_field(status, "errors");
    if (*said == ReceiptStatus::failed && !errors.empty()) read_error(errors.front(), fact.receipt);
    reading_.facts.emplace_back(std::move(fact));
  }

  static void read_error(const json& error, store::Receipt& receipt) {
    const auto code = number_field(error, "code").value_or(0);
    receipt.code = code > std::numeric_limits<int>::max() ? 0 : static_cast<int>(code);
    receipt.failure = failure_of_cloud(code);
    receipt.text = words_of_error(error);
  }

  void read_inbound(const json& message) {
    const auto type = text_field(message, "type");
    if (type.empty() || type == "system" || type == "reaction") {
      ++reading_.ignored;
      return;
    }
    const auto from = spellings_of(name_field(message, "from"));
    reading_.facts.push_back(Inbound{account_, from, time_field(message, "timestamp", now_)});
    const auto is_tapped = [](const std::string& payload) { return payload == content::opt_out_payload; };
    const bool opts_out = is_opt_out(text_field(field(message, "text"), "body")) ||
                          is_tapped(text_field(field(message, "button"), "payload")) ||
                          is_tapped(text_field(field(field(message, "interactive"), "button_reply"), "id"));
    if (opts_out) {
      reading_.facts.push_back(OptOut{account_, from, store::SuppressionScope::promotional, "answered STOP"});
    }
  }

  const json& value_;
  core::Instant now_;
  Reading& reading_;
  ProviderAccount account_;
};

}  // namespace

bool is_whatsapp_webhook(const json& body) { return text_field(body, "object") == "whatsapp_business_account"; }

std::variant<Reading, Refusal> read_whatsapp_webhook(const json& body, core::Instant now) {
  if (!field(body, "entry").is_array()) return Refusal{"has no list \"entry\""};
  Reading reading;
  for (const auto& entry : list_field(body, "entry")) {
    for (const auto& change : list_field(entry, "changes")) {
      ValueReader value(field(change, "value"), now, reading);
      const auto about = text_field(change, "field");
      if (about == "messages") {
        value.read_messages();
      } else if (about == "user_preferences") {
        value.read_preferences();
      } else {
        ++reading.ignored;
      }
    }
  }
  return reading;
}

}  // namespace egarage::receipts
