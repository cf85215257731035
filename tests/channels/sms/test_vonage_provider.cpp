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

core::SmsAccount account() {
  core::SmsAccount account;
  account.transport = "vonage";
  account.user = "abcd1234";
  account.from = "TallerSur";
  return account;
}

std::unique_ptr<http::Provider> provider(const core::SmsAccount& settings = account()) {
  return sms::make_vonage_provider(settings, core::Secret{canary});
}

const std::string credentials = "api_key=abcd1234&api_secret=c4n4ry-S3cret%2F%26%22x";

json part(const std::string& status, const std::string& id = "0A00000012345678") {
  json part{{"to", "56961234567"}, {"status", status}};
  if (status == "0") {
    part["message-id"] = id;
  } else {
    part["error-text"] = "It says why";
  }
  return part;
}

http::Verdict judged(const std::vector<json>& parts, int status = 200) {
  const json body{{"message-count", std::to_string(parts.size())}, {"messages", parts}};
  return provider()->judge(sms_message(), {status, body.dump(), std::nullopt});
}

}  // namespace

TEST_CASE("an SMS through Vonage is the form that its documentation asks for") {
  auto message = sms_message("Hola Ana: ¿puede venir mañana?");
  message.valid_for = 2h;
  const auto request = std::get<http::Request>(provider()->request(message));
  CHECK(request.method == http::Method::post);
  CHECK(request.url == "https://rest.nexmo.com/sms/json");
  CHECK(request.body == credentials +
                            "&from=TallerSur&to=56961234567&text=Hola%20Ana%3A%20%C2%BFpuede%20venir%20ma%C3%B1ana%3F"
                            "&ttl=7200000&client-ref=77");
  CHECK_FALSE(request.basic_user);
}

TEST_CASE("what is outside the GSM alphabet says so, and numbers are digits only") {
  auto settings = account();
  settings.from = "+56221234567";
  settings.status_callback = "https://hooks.example/sms";
  const auto request = std::get<http::Request>(provider(settings)->request(sms_message("está 🚗")));
  CHECK(request.body == credentials +
                            "&from=56221234567&to=56961234567&text=est%C3%A1%20%F0%9F%9A%97&type=unicode"
                            "&callback=https%3A%2F%2Fhooks.example%2Fsms&client-ref=77");
}

TEST_CASE("Vonage is told to try for twenty seconds at least and a week at most") {
  for (const auto& [valid_for, ttl] :
       std::map<std::chrono::seconds, std::string>{{-5s, "20000"},
                                                   {1s, "20000"},
                                                   {21s, "21000"},
                                                   {24h * 30, "604800000"},
                                                   {std::chrono::seconds::max(), "604800000"}}) {
    auto message = sms_message("Hola");
    message.valid_for = valid_for;
    const auto body = std::get<http::Request>(provider()->request(message)).body;
    INFO(body);
    CHECK(body.find("&ttl=" + ttl + "&") != body.npos);
  }
}

TEST_CASE("the statuses of Vonage, one for each part, become outcomes") {
  const std::map<int, std::string> names = {
      {0, "accept"},      {1, "pause"},   {2, "reject"},  {3, "reject"}, {4, "block"},  {5, "uncertain"}, {6, "reject"},
      {7, "bad-address"}, {8, "block"},   {9, "block"},   {10, "pause"}, {11, "block"}, {12, "reject"},   {14, "block"},
      {15, "block"},      {22, "reject"}, {23, "reject"}, {29, "block"}, {99, "reject"}};
  for (const auto& [status, name] : names) {
    INFO(status);
    const auto verdict = judged({part(std::to_string(status))});
    CHECK(name_of(verdict) == name);
    CHECK(name_of(judged({part(std::to_string(status)), part(std::to_string(status))})) == name);
    if (status != 0) CHECK(texts_of(verdict).find("It says why") != std::string::npos);
    // Only some parts taken: the rest of the text may still come, or not.
    if (status != 0) {
      CHECK(name_of(judged({part("0"), part(std::to_string(status))})) == "uncertain");
      CHECK(name_of(judged({part(std::to_string(status)), part("0")})) == "uncertain");
    }
  }
  CHECK(name_of(judged({part("2"), part("5")})) == "uncertain");
  CHECK(std::get<Accepted>(judged({part("0", "A1"), part("0", "A2")}).outcome).provider_id == "A1");
  CHECK(name_of(judged({part("0", "")})) == "uncertain");
  CHECK(judged({part("1")}).standing.retry_after == 30s);
}

TEST_CASE("an answer that is not Vonage's is judged by its HTTP status, and is never an acceptance") {
  for (int status = 100; status < 600; ++status) {
    for (const auto* body : {"", "{}", "<html>", R"({"messages":[]})", R"({"messages":[{}]})",
                             R"({"messages":{"a":1}})", R"({"messages":[{"status":"x"}]})", R"([{"status":"0"}])"}) {
      INFO(status << " " << body);
      const auto name = name_of(provider()->judge(sms_message(), {status, body, std::nullopt}));
      CHECK(name != "accept");
      if (status < 300 || status >= 500) CHECK(name == "uncertain");
    }
  }
}

TEST_CASE("what Vonage repeats of the credentials is not kept") {
  for (const auto& echo : {canary, std::string("c4n4ry-S3cret%2F%26%22x"), "pair abcd1234:" + canary}) {
    auto refusal = part("4");
    refusal["error-text"] = "bad " + echo;
    CHECK(texts_of(judged({refusal})).find("c4n4ry") == std::string::npos);
    CHECK(texts_of(judged({part("0"), refusal})).find("c4n4ry") == std::string::npos);
  }
}

TEST_CASE("Vonage's key and secret are proved by the account's balance") {
  const auto checks = provider()->checks();
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].request.method == http::Method::get);
  CHECK(checks[0].request.url == "https://rest.nexmo.com/account/get-balance");
  CHECK(checks[0].request.basic_user == "abcd1234");
  const auto said = [&](int status, const std::string& body) {
    return provider()->judge_check(checks[0], {status, body, std::nullopt});
  };
  CHECK(said(200, R"({"value":10.28,"autoReload":false})").empty());
  CHECK(said(200, R"({"value":0,"autoReload":false})").find("no credit") != std::string::npos);
  CHECK(said(401, "").find("401") != std::string::npos);
  CHECK_FALSE(said(200, "<html>").empty());
}
