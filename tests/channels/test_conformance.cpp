// What every provider over HTTP must make of every answer, whatever its language: the promises that delivery builds on.
#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "channels/credential_echo.hpp"
#include "channels/http/form.hpp"
#include "channels/sms/providers.hpp"
#include "channels/whatsapp/cloud_provider.hpp"
#include "channels/whatsapp/twilio_provider.hpp"
#include "core/utf8.hpp"
#include "support/catch.hpp"
#include "support/sms_sample.hpp"

using namespace egarage;
using namespace egarage::channels;
using namespace egarage::tests;
using nlohmann::json;

namespace {

const std::string sid = "AC0123456789abcdef0123456789abcdef", user = "abc123";

struct Subject {
  std::string name;
  std::unique_ptr<http::Provider> provider;
  Message message;
  std::vector<int> codes;  ///< those that the provider lists
  std::function<json(int code, const std::string& words)> error;
  std::function<json(const std::string& id)> taken;
};

Message template_message() {
  auto message = sms_message();
  message.whatsapp = core::WhatsappMessage{
      .name = "aviso", .language = "es", .header = {}, .body = {}, .buttons = {}, .content_sid = "HX" + sid.substr(2)};
  return message;
}

// developers.facebook.com, "Error codes".
std::vector<int> graph_codes() {
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
const std::vector<int> twilio_codes{14103, 20003, 20005, 20403, 20404, 20429, 20500, 20503, 21211, 21212,
                                    21408, 21602, 21606, 21608, 21610, 21611, 21612, 21614, 21617, 21620,
                                    21635, 21654, 21655, 21656, 21658, 21703, 30001, 30002, 30003, 30004,
                                    30005, 30006, 30007, 30008, 30032, 30034, 30450, 30500, 63003, 63007,
                                    63016, 63018, 63024, 63027, 63028, 63040, 63041, 63042, 70051, 99999};

// developer.vonage.com/api-errors/sms.
std::vector<int> vonage_codes() {
  std::vector<int> codes;
  for (int code = 1; code < 40; ++code) codes.push_back(code);
  return codes;
}

core::SmsAccount gateway_account() {
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

json graph_error(int code, const std::string& words) {
  return {{"error",
           {{"message", words},
            {"type", "OAuthException"},
            {"code", code},
            {"error_data", {{"messaging_product", "whatsapp"}, {"details", words}}},
            {"error_user_title", words},
            {"fbtrace_id", words}}}};
}
json twilio_error(int code, const std::string& words) {
  return {{"code", code}, {"message", words}, {"more_info", words}, {"status", words}};
}
json vonage_error(int code, const std::string& words) {
  return {{"message-count", "1"}, {"messages", {{{"status", std::to_string(code)}, {"error-text", words}}}}};
}
json gateway_error(int code, const std::string& words) {
  return {{"code", words.empty() ? std::to_string(code) : words}, {"message", words}};
}

std::vector<Subject> subjects() {
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
  all.push_back({"cloud, template", whatsapp::make_cloud_provider(cloud, core::Secret{canary}), template_message(),
                 graph_codes(), graph_error, [](const std::string& id) {
                   return json{{"messages", {{{"id", id}, {"message_status", "accepted"}}}}};
                 }});
  all.push_back({"cloud, text", whatsapp::make_cloud_provider(cloud, core::Secret{canary}), sms_message(),
                 graph_codes(), graph_error, all.front().taken});
  all.push_back({"twilio whatsapp, template",
                 whatsapp::make_twilio_whatsapp_provider(twilio_whatsapp, core::Secret{canary}), template_message(),
                 twilio_codes, twilio_error, twilio_taken});
  all.push_back({"twilio whatsapp, text",
                 whatsapp::make_twilio_whatsapp_provider(twilio_whatsapp, core::Secret{canary}), sms_message(),
                 twilio_codes, twilio_error, twilio_taken});
  all.push_back({"twilio sms", sms::make_twilio_provider(twilio, core::Secret{canary}), sms_message(), twilio_codes,
                 twilio_error, twilio_taken});
  all.push_back({"vonage", sms::make_vonage_provider(vonage, core::Secret{canary}), sms_message(), vonage_codes(),
                 vonage_error, [](const std::string& id) {
                   return json{{"messages", {{{"status", "0"}, {"message-id", id}}}}};
                 }});
  all.push_back({"gateway",
                 sms::make_gateway_provider(gateway_account(), core::Secret{canary}),
                 sms_message(),
                 {0, 1, 2, 3, 4, 5, 6},
                 gateway_error,
                 [](const std::string& id) {
                   return json{{"id", id}};
                 }});
  return all;
}

bool is_clean(const std::string& text) {
  return text.size() <= 500 && core::is_valid_utf8(text) && core::one_line(text) == text;
}

/// What is wrong with a verdict whatever was answered; empty when nothing is.
std::string fault_of(const http::Verdict& verdict) {
  const bool account_is_ok = verdict.standing.state == Standing::State::ok;
  if (std::holds_alternative<Returned>(verdict.outcome) == account_is_ok) {
    return "the message comes back untouched exactly when the account is to blame";
  }
  if (verdict.standing.retry_after.value_or(std::chrono::seconds{1}) < std::chrono::seconds{1})
    return "a negative wait";
  const auto& reply = std::visit([](const auto& outcome) -> const Reply& { return outcome.reply; }, verdict.outcome);
  if (!is_clean(reply.text) || !is_clean(reply.enhanced)) return "the reply is not one clean line of 500 octets";
  if (verdict.standing.reply && !is_clean(verdict.standing.reply->text)) return "the account's reason is no clean line";
  if (const auto* accepted = std::get_if<Accepted>(&verdict.outcome)) {
    if (accepted->provider_id.empty()) return "accepted without the provider's id";
    if (!is_clean(accepted->provider_id)) return "the id is not one clean line";
  }
  return {};
}

bool is(const http::Verdict& verdict, std::string_view name) { return name_of(verdict) == name; }

/// Bodies that hold no code of any provider and no id.
const std::vector<std::string> mute_bodies{"",
                                           " ",
                                           "<!doctype html><html><body>Bad gateway</body></html>",
                                           "{}",
                                           "[]",
                                           "null",
                                           "0",
                                           "\"x\"",
                                           "{\"a\":",
                                           "\xff\xfe",
                                           R"({"error":null})",
                                           R"({"error":"text"})",
                                           R"({"error":{"code":"x"}})",
                                           R"({"messages":[]})",
                                           R"({"messages":[{}]})",
                                           R"({"messages":{"id":1}})",
                                           R"({"sid":null})",
                                           R"({"sid":7})",
                                           R"({"sid":""})",
                                           R"({"id":{}})",
                                           R"({"code":null})"};

std::string many_wide_letters() {
  std::string text;
  for (int i = 0; i < 999; ++i) text += "ñ€🚗";
  return text;
}

}  // namespace

TEST_CASE("an answer without code and id is never an acceptance, and from 500 on nobody knows") {
  for (const auto& [name, provider, message, codes, error, taken] : subjects()) {
    for (int status = 100; status < 600; ++status) {
      for (const auto& body : mute_bodies) {
        const auto verdict = provider->judge(message, {status, body, std::nullopt});
        const auto said = name_of(verdict);
        std::string fault = fault_of(verdict);
        if (said == "accept") fault = "accepted";
        if ((status < 300 || status >= 500) && said != "uncertain") fault = "it may have been taken";
        if (status >= 300 && status < 400 && said != "block") fault = "a redirect is the operator's business";
        if (status == 429 && said != "pause") fault = "429 pauses the account";
        if (!fault.empty()) FAIL_CHECK(name << " " << status << " " << body << ": " << said << ": " << fault);
      }
    }
  }
  SUCCEED();
}

TEST_CASE("every error body at every status is exactly one outcome, and no acceptance") {
  const auto all = subjects();
  std::vector<std::string> bodies;
  for (const auto& other : all) bodies.push_back(other.error(other.codes.back(), "Something went wrong").dump());
  for (const auto& one : all) {
    for (int status = 100; status < 600; ++status) {
      for (const auto& body : bodies) {
        const auto verdict = one.provider->judge(one.message, {status, body, std::chrono::seconds{status}});
        const auto fault = is(verdict, "accept") ? "accepted" : fault_of(verdict);
        if (!fault.empty())
          FAIL_CHECK(one.name << " " << status << " " << body << ": " << name_of(verdict) << ": " << fault);
      }
    }
  }
  SUCCEED();
}

TEST_CASE("every listed code has one meaning whatever the status of the refusal, and means no acceptance") {
  for (const auto& [name, provider, message, codes, error, taken] : subjects()) {
    for (const int code : codes) {
      const auto body = error(code, name == "gateway" ? "" : "Something: went wrong").dump();
      for (const int status : {100, 200, 201, 204, 302, 304, 400, 401, 404, 422, 429, 500, 502, 503, 599}) {
        const auto verdict = provider->judge(message, {status, body, std::chrono::seconds{status}});
        std::string fault = fault_of(verdict);
        if (is(verdict, "accept")) fault = "accepted";
        if (!fault.empty())
          FAIL_CHECK(name << " " << status << " code " << code << ": " << name_of(verdict) << ": " << fault);
      }
      // The code decides, not the status of the refusal.
      const auto at_400 = name_of(provider->judge(message, {400, body, std::nullopt}));
      for (const int status : {401, 403, 404, 409, 422, 499}) {
        INFO(name << " code " << code << " status " << status);
        CHECK(name_of(provider->judge(message, {status, body, std::nullopt})) == at_400);
      }
    }
  }
}

TEST_CASE("a code that is not listed refuses below 500 and is uncertain from there on") {
  for (const auto& [name, provider, message, codes, error, taken] : subjects()) {
    if (name == "vonage" || name == "gateway") continue;  // theirs come with 200, and are a table of their own
    INFO(name);
    CHECK(is(provider->judge(message, {400, error(987654, "?").dump(), std::nullopt}), "reject"));
    CHECK(is(provider->judge(message, {500, error(987654, "?").dump(), std::nullopt}), "uncertain"));
  }
}

TEST_CASE("only a success with an id is an acceptance; a redirect with one is none") {
  for (const auto& [name, provider, message, codes, error, taken] : subjects()) {
    const auto body = taken("M-1").dump();
    for (int status = 100; status < 400; ++status) {
      INFO(name << " " << status);
      const auto verdict = provider->judge(message, {status, body, std::nullopt});
      CHECK(fault_of(verdict) == "");
      CHECK(is(verdict, "accept") == (status >= 200 && status < 300));
    }
  }
}

TEST_CASE("another provider's answer is never taken for an acceptance of this one") {
  const auto all = subjects();
  for (const auto& one : all) {
    for (const auto& other : all) {
      for (const int code : other.codes) {
        for (const int status : {200, 201, 302, 400, 500}) {
          const auto body = other.error(code, "x").dump();
          const auto verdict = one.provider->judge(one.message, {status, body, std::nullopt});
          if (!fault_of(verdict).empty() || is(verdict, "accept")) {
            FAIL_CHECK(one.name << " " << status << " " << body << ": " << name_of(verdict) << fault_of(verdict));
          }
        }
      }
    }
  }
  SUCCEED();
}

TEST_CASE("words of any length and content become one clean line") {
  const std::vector<std::string> words{std::string(100'000, 'x'), std::string(400, '\n') + "a\r\nb\tc",
                                       "\x1b[31mred\x1b[0m",      std::string("nul\0nul", 7),
                                       std::string(1000, '\x7f'), many_wide_letters()};
  for (const auto& [name, provider, message, codes, error, taken] : subjects()) {
    for (const auto& text : words) {
      for (const int status : {200, 400, 500}) {
        INFO(name << " " << status);
        CHECK(fault_of(provider->judge(message, {status, error(codes.back(), text).dump(), std::nullopt})) == "");
        CHECK(fault_of(provider->judge(message, {status, taken(text).dump(), std::nullopt})) == "");
      }
    }
  }
}

TEST_CASE("a secret that an answer repeats is kept in no form") {
  const auto quoted = json(canary).dump();
  const auto in_json = quoted.substr(1, quoted.size() - 2);
  for (const auto& [name, provider, message, codes, error, taken] : subjects()) {
    std::vector<std::string> shapes{canary, http::percent_encode(canary), in_json};
    if (name.starts_with("twilio")) shapes.push_back(basic_credentials(sid, core::Secret{canary}).reveal());
    if (name == "vonage" || name == "gateway") shapes.push_back(basic_credentials(user, core::Secret{canary}).reveal());
    for (const auto& shape : shapes) {
      for (const int code : {codes.front(), codes[codes.size() / 2], codes.back(), 999'999}) {
        for (const int status : {200, 201, 302, 400, 401, 500}) {
          for (const auto& body :
               {error(code, "you said " + shape).dump(), error(code, shape).dump(), taken(shape).dump(),
                taken("id " + shape + " x").dump(), shape, json{{"error", shape}, {"messages", shape}}.dump()}) {
            const auto texts = texts_of(provider->judge(message, {status, body, std::nullopt}));
            for (const auto& form : shapes) {
              if (texts.find(form) != std::string::npos)
                FAIL_CHECK(name << " " << status << " " << body << ": " << texts);
            }
          }
        }
      }
    }
  }
  SUCCEED();
}
