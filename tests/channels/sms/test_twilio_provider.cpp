#include <nlohmann/json.hpp>

#include "channels/sms/providers.hpp"
#include "support/catch.hpp"
#include "support/sms_sample.hpp"

using namespace egarage;
using namespace egarage::channels;
using namespace egarage::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const std::string account_sid = "AC0123456789abcdef0123456789abcdef";

core::SmsAccount account() {
  core::SmsAccount account;
  account.account_sid = account_sid;
  account.from = "+15005550006";
  return account;
}

std::unique_ptr<http::Provider> provider(const core::SmsAccount& settings = account()) {
  return sms::make_twilio_provider(settings, core::Secret{canary});
}

http::Request request_of(const core::SmsAccount& settings, const Message& message) {
  return std::get<http::Request>(provider(settings)->request(message));
}

}  // namespace

TEST_CASE("an SMS through Twilio is the form that its documentation asks for") {
  auto message = sms_message("Año 2026: 100% & más + ¿listo?");
  message.valid_for = 2h;
  auto settings = account();
  settings.status_callback = "https://hooks.example/sms";
  const auto request = request_of(settings, message);
  CHECK(request.method == http::Method::post);
  CHECK(request.url == "https://api.twilio.com/2010-04-01/Accounts/" + account_sid + "/Messages.json");
  CHECK(request.body ==
        "To=%2B56961234567&From=%2B15005550006&StatusCallback=https%3A%2F%2Fhooks.example%2Fsms%3Fattempt%3D77"
        "&ValidityPeriod=7200&Body=A%C3%B1o%202026%3A%20100%25%20%26%20m%C3%A1s%20%2B%20%C2%BFlisto%3F");
  CHECK(request.basic_user == account_sid);
  CHECK(request.basic_password.reveal() == canary);
  CHECK(request.bearer.empty());
  CHECK(request.secret_headers.empty());
}

TEST_CASE("a messaging service takes the place of the sender, an API key that of the account") {
  auto settings = account();
  settings.messaging_service = "MG0123456789abcdef0123456789abcdef";
  settings.user = "SK0123456789abcdef0123456789abcdef";
  settings.url = "https://127.0.0.1:8443";
  const auto request = request_of(settings, sms_message("Hola"));
  CHECK(request.url == "https://127.0.0.1:8443/2010-04-01/Accounts/" + account_sid + "/Messages.json");
  CHECK(request.body == "To=%2B56961234567&MessagingServiceSid=MG0123456789abcdef0123456789abcdef&Body=Hola");
  CHECK(request.basic_user == settings.user);
}

TEST_CASE("what Twilio would not take as too long or empty is refused before it is sent") {
  const auto refused = [](const std::string& text) {
    return std::holds_alternative<Outcome>(provider()->request(sms_message(text)));
  };
  CHECK(refused(""));
  CHECK_FALSE(refused("."));
  CHECK_FALSE(refused(std::string(1600, 'a')));
  CHECK(refused(std::string(1601, 'a')));
  std::string accented;
  for (int i = 0; i < 1600; ++i) accented += "ñ";
  CHECK_FALSE(refused(accented));
  CHECK(refused(accented + "ñ"));
  const auto outcome = std::get<Outcome>(provider()->request(sms_message("")));
  CHECK(std::get<Rejected>(outcome).reason == Rejected::Reason::message);
}

TEST_CASE("Twilio's answers become outcomes by their code") {
  const auto judged = [](int status, const json& body) {
    return provider()->judge(sms_message(), {status, body.dump(), std::nullopt});
  };
  const auto created = judged(201, {{"sid", "SM1"}, {"status", "queued"}});
  CHECK(name_of(created) == "accept");
  CHECK(std::get<Accepted>(created.outcome).provider_id == "SM1");
  CHECK(name_of(judged(201, {{"status", "queued"}})) == "uncertain");
  for (const auto& [code, name] : std::map<int, std::string>{{21211, "bad-address"},
                                                             {21610, "opt-out"},
                                                             {21617, "reject"},
                                                             {20003, "block"},
                                                             {20429, "pause"},
                                                             {30003, "retry"},
                                                             {99999, "reject"}}) {
    INFO(code);
    CHECK(name_of(judged(400, {{"code", code}, {"message", "no"}})) == name);
  }
  CHECK(name_of(judged(500, {{"code", 20500}, {"message", "no"}})) == "uncertain");
}

TEST_CASE("an SMS whose answer got lost is looked for by recipient, and known by its text and time") {
  Lookup lookup;
  lookup.message = sms_message();
  lookup.started_at = core::parse_instant("2026-11-24T12:00:00Z").value();
  const auto request = provider()->lookup_request(lookup).value();
  CHECK(request.method == http::Method::get);
  CHECK(request.url ==
        "https://api.twilio.com/2010-04-01/Accounts/" + account_sid + "/Messages.json?To=%2B56961234567&PageSize=50");
  const auto row = [&](const std::string& sid, const std::string& date, const std::string& body) {
    return json{{"sid", sid},   {"direction", "outbound-api"}, {"to", "+56961234567"},
                {"body", body}, {"date_created", date},        {"status", "queued"}};
  };
  const json list{{"messages",
                   {row("SM3", "Tue, 24 Nov 2026 12:00:03 +0000", lookup.message.text),
                    row("SM2", "Tue, 24 Nov 2026 12:00:02 +0000", "another text"),
                    row("SM1", "Mon, 23 Nov 2026 12:00:00 +0000", lookup.message.text)}},
                  {"next_page_uri", nullptr}};
  const auto page = provider()->read_lookup(lookup, {200, list.dump(), std::nullopt}).value();
  CHECK(page.ids == std::vector<std::string>{"SM3"});
  CHECK_FALSE(page.next);
  CHECK_FALSE(provider()->read_lookup(lookup, {500, "", std::nullopt}));
}
