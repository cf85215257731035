#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "channels/sms/providers.hpp"
#include "channels/whatsapp/cloud_provider.hpp"
#include "channels/whatsapp/twilio_provider.hpp"
#include "support/sms_sample.hpp"

namespace egarage::tests {

using nlohmann::json;

/// Who logs in: at Twilio, and elsewhere.
inline const std::string sid = "AC0123456789abcdef0123456789abcdef", user = "abc123";

/// A provider over HTTP as a conformance test sees it: a message for it, and its own words in answers.
struct Subject {
  std::string name;
  std::unique_ptr<channels::http::Provider> provider;
  channels::Message message;
  std::vector<int> codes;  ///< those that the provider lists
  std::function<json(int code, const std::string& words)> error;
  std::function<json(const std::string& id)> taken;
};

inline channels::Message template_message() {
  auto message = sms_message();
  message.whatsapp = core::WhatsappMessage{
      .name = "aviso", .language = "es", .header = {}, .body = {}, .buttons = {}, .content_sid = "HX" + sid.substr(2)};
  return message;
}

// developers.facebook.com, "Error codes".
inline std::vector<int> graph_codes() {
  std::vector<int> codes{
      0,      1,      2,      3,      4,      10,     17,     33,     100,    104,     190,    368,    613,    2635,
      80007,  130403, 130429, 130472, 130497, 131000, 131005, 131008, 131009, 131016,  131021, 131026, 131030, 131031,
      131037, 131042, 131045, 131047, 131048, 131049, 131050, 131051, 131052, 131053,  131055, 131056, 131057, 131062,
      131063, 131064, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018,  132068, 132069, 133000, 133004,
      133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 135000, 2494100, 999999};
  for (int code = 200; code < 300; ++code) codes.push_back(code);
  return codes;
}

// twilio.com/docs/api/errors.
inline const std::vector<int> twilio_codes{14103, 20003, 20005, 20403, 20404, 20429, 20500, 20503, 21211, 21212,
                                           21408, 21602, 21606, 21608, 21610, 21611, 21612, 21614, 21617, 21620,
                                           21635, 21654, 21655, 21656, 21658, 21703, 30001, 30002, 30003, 30004,
                                           30005, 30006, 30007, 30008, 30032, 30034, 30450, 30500, 63003, 63007,
                                           63016, 63018, 63024, 63027, 63028, 63040, 63041, 63042, 70051, 99999};

// developer.vonage.com/api-errors/sms.
inline std::vector<int> vonage_codes() {
  std::vector<int> codes;
  for (int code = 1; code < 40; ++code) codes.push_back(code);
  return codes;
}

inline core::SmsAccount gateway_account() {
  core::SmsAccount account;
  account.transport = "http";
  account.user = user;
  account.gateway.url = "https://sms.example/v1/send";
  account.gateway.body = R"({"to":"{{to}}","text":"{{text}}"})";
  account.gateway.headers = {{"Authorization", "Basic {{user}}:{{password}}"}, {"X-Api-Key", "{{password}}"}};
  account.gateway.id_pointer = "/id";
  account.gateway.code_pointer = "/code";
  for (std::size_t i = 0; i < core::gateway_class_names.size(); ++i) {
    account.gateway.codes[std::to_string(i)] = core::gateway_class_names[i].first;
  }
  return account;
}

inline json graph_error(int code, const std::string& words) {
  return {{"error",
           {{"message", words},
            {"type", "OAuthException"},
            {"code", code},
            {"error_data", {{"messaging_product", "whatsapp"}, {"details", words}}},
            {"error_user_title", words},
            {"fbtrace_id", words}}}};
}
inline json twilio_error(int code, const std::string& words) {
  return {{"code", code}, {"message", words}, {"more_info", words}, {"status", words}};
}
inline json vonage_error(int code, const std::string& words) {
  return {{"message-count", "1"}, {"messages", {{{"status", std::to_string(code)}, {"error-text", words}}}}};
}
inline json gateway_error(int code, const std::string& words) {
  return {{"code", words.empty() ? std::to_string(code) : words}, {"message", words}};
}

inline std::vector<Subject> http_subjects() {
  const auto twilio_taken = [](const std::string& id) { return json{{"sid", id}, {"status", "queued"}}; };
  core::WhatsappAccount cloud, twilio_whatsapp;
  cloud.phone_number_id = "106540352242922";
  twilio_whatsapp.transport = "twilio";
  twilio_whatsapp.account_sid = sid;
  twilio_whatsapp.from = "+56221234567";
  core::SmsAccount twilio, vonage;
  twilio.account_sid = sid;
  twilio.from = "+56221234567";
  vonage.transport = "vonage";
  vonage.user = user;
  vonage.from = "Taller";

  std::vector<Subject> all;
  all.push_back({"cloud, template", channels::whatsapp::make_cloud_provider(cloud, core::Secret{canary}),
                 template_message(), graph_codes(), graph_error, [](const std::string& id) {
                   return json{{"messages", {{{"id", id}, {"message_status", "accepted"}}}}};
                 }});
  all.push_back({"cloud, text", channels::whatsapp::make_cloud_provider(cloud, core::Secret{canary}), sms_message(),
                 graph_codes(), graph_error, all.front().taken});
  all.push_back({"twilio whatsapp, template",
                 channels::whatsapp::make_twilio_whatsapp_provider(twilio_whatsapp, core::Secret{canary}),
                 template_message(), twilio_codes, twilio_error, twilio_taken});
  all.push_back({"twilio whatsapp, text",
                 channels::whatsapp::make_twilio_whatsapp_provider(twilio_whatsapp, core::Secret{canary}),
                 sms_message(), twilio_codes, twilio_error, twilio_taken});
  all.push_back({"twilio sms", channels::sms::make_twilio_provider(twilio, core::Secret{canary}), sms_message(),
                 twilio_codes, twilio_error, twilio_taken});
  all.push_back({"vonage", channels::sms::make_vonage_provider(vonage, core::Secret{canary}), sms_message(),
                 vonage_codes(), vonage_error, [](const std::string& id) {
                   return json{{"messages", {{{"status", "0"}, {"message-id", id}}}}};
                 }});
  all.push_back({"gateway",
                 channels::sms::make_gateway_provider(gateway_account(), core::Secret{canary}),
                 sms_message(),
                 {0, 1, 2, 3, 4, 5, 6},
                 gateway_error,
                 [](const std::string& id) {
                   return json{{"id", id}};
                 }});
  return all;
}

}  // namespace egarage::tests
