#include "channels/file/format.hpp"

#include <nlohmann/json.hpp>

#include "channels/e164.hpp"
#include "channels/email/mime.hpp"
#include "channels/whatsapp/cloud_payload.hpp"
#include "channels/whatsapp/fault.hpp"
#include "core/gsm7.hpp"
#include "core/utf8.hpp"

namespace egarage::channels::file {

namespace {

using json = nlohmann::ordered_json;

std::string written(const json& value) {
  constexpr int indentation = 2;
  return value.dump(indentation, ' ', false, json::error_handler_t::replace) + "\n";
}

class Eml final : public Format {
 public:
  explicit Eml(core::EmailAccount account) : account_(std::move(account)) {}
  std::string_view suffix() const override { return ".eml"; }
  std::optional<Outcome> refusal(const Message& message) const override {
    const auto complaint = core::EmailAddress::explain_refusal(message.recipient);
    if (complaint.empty()) return std::nullopt;
    return Rejected{file_reply("the recipient's address " + complaint), Rejected::Reason::address};
  }
  std::string content(const Message& message) const override { return email::build_mime(message, account_); }

 private:
  core::EmailAccount account_;
};

class WhatsappJson final : public Format {
 public:
  std::string_view suffix() const override { return ".json"; }
  std::optional<Outcome> refusal(const Message& message) const override {
    return whatsapp::fault_before_sending(message);
  }
  std::string content(const Message& message) const override {
    return written({{"channel", "whatsapp"},
                    {"to", message.recipient},
                    {"request", json::parse(whatsapp::cloud_payload(message))}});
  }
};

class SmsJson final : public Format {
 public:
  explicit SmsJson(const core::SmsAccount& account)
      : from_(account.messaging_service.empty() ? account.from : account.messaging_service) {}
  std::string_view suffix() const override { return ".json"; }
  std::optional<Outcome> refusal(const Message& message) const override {
    if (!is_e164(message.recipient)) {
      return Rejected{file_reply("the recipient is no number with + and country code"), Rejected::Reason::address};
    }
    if (message.text.empty()) return Rejected{file_reply("the message has no text"), Rejected::Reason::message};
    return std::nullopt;
  }
  std::string content(const Message& message) const override {
    const auto size = core::measure_sms(message.text);
    return written({{"channel", "sms"},
                    {"to", message.recipient},
                    {"from", from_},
                    {"text", message.text},
                    {"encoding", size.encoding == core::SmsEncoding::gsm7 ? "GSM-7" : "UCS-2"},
                    {"segments", size.segments}});
  }

 private:
  std::string from_;
};

}  // namespace

std::unique_ptr<Format> make_format(const core::EmailAccount& account) { return std::make_unique<Eml>(account); }
std::unique_ptr<Format> make_format(const core::WhatsappAccount&) { return std::make_unique<WhatsappJson>(); }
std::unique_ptr<Format> make_format(const core::SmsAccount& account) { return std::make_unique<SmsJson>(account); }

Reply file_reply(std::string_view text, int code) {
  Reply reply;
  reply.phase = Phase::file;
  reply.code = code;
  const auto line = core::one_line(text);
  reply.text = core::cut_utf8(line, 500);
  return reply;
}

}  // namespace egarage::channels::file
