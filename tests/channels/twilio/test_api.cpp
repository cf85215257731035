#include "channels/twilio/api.hpp"

#include <nlohmann/json.hpp>

#include "channels/http/ruling.hpp"
#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels;
using nlohmann::json;

namespace {

const std::string canary = "canary5f0c7a19";
const std::string account_sid = "AC0123456789abcdef0123456789abcdef";

twilio::Api api(std::string user = {}) {
  return twilio::Api{
      {.origin = {}, .account_sid = account_sid, .user = std::move(user), .password = core::Secret{canary}}};
}

http::Answer answer(int status, const json& body) { return {status, body.dump(), std::nullopt}; }

json error(int code) {
  return {{"code", code},
          {"message", "It says why"},
          {"more_info", "https://www.twilio.com/docs/errors/1"},
          {"status", 400}};
}

}  // namespace

TEST_CASE("form values are encoded octet by octet") {
  CHECK(http::encode_form({}) == "");
  CHECK(http::encode_form({{"To", "+56912345678"}, {"Body", "a b&c=d\nñ~"}}) ==
        "To=%2B56912345678&Body=a%20b%26c%3Dd%0A%C3%B1~");
}

TEST_CASE("a message's envelope names sender, callback with attempt, and how long it is wanted") {
  Message message;
  message.token = 77;
  CHECK(twilio::Api::envelope("+56912345678", {"+15005550006", "", ""}, message) ==
        http::Form{{"To", "+56912345678"}, {"From", "+15005550006"}});
  message.valid_for = std::chrono::hours{100};
  CHECK(twilio::Api::envelope("+1", {"+2", "MG1", "https://h.example/s?x=1"}, message) ==
        http::Form{{"To", "+1"},
                   {"MessagingServiceSid", "MG1"},
                   {"StatusCallback", "https://h.example/s?x=1&attempt=77"},
                   {"ValidityPeriod", "36000"}});
  message.valid_for = std::chrono::seconds{-5};
  CHECK(
      twilio::Api::envelope("+1", {"+2", "", "https://h.example/s"}, message) ==
      http::Form{
          {"To", "+1"}, {"From", "+2"}, {"StatusCallback", "https://h.example/s?attempt=77"}, {"ValidityPeriod", "1"}});
}

TEST_CASE("a message is posted to the account, with its token or an API key") {
  const auto request = api().create({{"To", "+1"}});
  CHECK(request.method == http::Method::post);
  CHECK(request.url == "https://api.twilio.com/2010-04-01/Accounts/" + account_sid + "/Messages.json");
  CHECK(request.body == "To=%2B1");
  CHECK(request.basic_user == account_sid);
  CHECK(request.basic_password.reveal() == canary);
  CHECK(request.bearer.empty());
  CHECK(request.headers == std::vector<std::pair<std::string, std::string>>{
                               {"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}});
  CHECK(api("SK1").create({}).basic_user == "SK1");
}

TEST_CASE("an answer with a sid is an acceptance, a success without one is uncertain") {
  const auto taken = api().judge(answer(201, {{"sid", "SM1"}, {"status", "queued"}}));
  REQUIRE(std::holds_alternative<Accepted>(taken.outcome));
  CHECK(std::get<Accepted>(taken.outcome).provider_id == "SM1");
  CHECK(std::get<Accepted>(taken.outcome).reply.text == "queued");
  const std::vector<std::string> bodies{
      "", "<html>", "[]", "{}", R"({"sid":7})", R"({"sid":""})", std::string(100'000, '[')};
  for (const auto& body : bodies) {
    INFO(body.substr(0, 40));
    CHECK(std::holds_alternative<Uncertain>(api().judge({201, body, {}}).outcome));
  }
}

TEST_CASE("an error is judged by its code, with what Twilio said and for how long") {
  const auto opted_out = api().judge(answer(400, error(21610)));
  REQUIRE(std::holds_alternative<Rejected>(opted_out.outcome));
  CHECK(std::get<Rejected>(opted_out.outcome).reason == Rejected::Reason::opt_out);
  CHECK(std::get<Rejected>(opted_out.outcome).reply.code == 21610);
  CHECK(std::get<Rejected>(opted_out.outcome).reply.text == "It says why (https://www.twilio.com/docs/errors/1)");
  CHECK(opted_out.standing.state == Standing::State::ok);

  auto throttled = answer(429, error(20429));
  CHECK(api().judge(throttled).standing.retry_after == std::chrono::seconds{30});
  throttled.retry_after = std::chrono::seconds{90};
  CHECK(api().judge(throttled).standing.retry_after == std::chrono::seconds{90});
  throttled.retry_after = std::chrono::hours{2000};
  CHECK(api().judge(throttled).standing.retry_after == http::longest_wait);
  CHECK(api().judge(throttled).standing.state == Standing::State::paused);
  CHECK(std::holds_alternative<Returned>(api().judge(throttled).outcome));

  const auto refused = api().judge(answer(401, error(20003)));
  CHECK(refused.standing.state == Standing::State::blocked);
  CHECK(std::holds_alternative<Returned>(refused.outcome));
}

TEST_CASE("an answer without Twilio's code is judged by its status, and never taken for a success") {
  for (int status = 100; status < 600; ++status) {
    INFO(status);
    const auto [outcome, standing] = api().judge({status, "", {}});
    CHECK_FALSE(std::holds_alternative<Accepted>(outcome));
    const bool blocked = status == 401 || status == 403 || status == 404 || status == 407 || status / 100 == 3;
    CHECK((standing.state == Standing::State::blocked) == blocked);
    CHECK((standing.state == Standing::State::paused) == (status == 429));
    CHECK(std::holds_alternative<Uncertain>(outcome) == (status < 300 || status >= 500));
    CHECK(std::holds_alternative<Deferred>(outcome) == (status == 408));
    const bool plain = status / 100 == 4 && !blocked && status != 429 && status != 408;
    CHECK(std::holds_alternative<Rejected>(outcome) == plain);
  }
}

TEST_CASE("no reply repeats the auth token, in whatever form Twilio would send it back") {
  for (const std::string& echo :
       {canary, canary.substr(0, 9), std::string{"QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjpj"}}) {
    for (const int code : {21610, 20003, 20429, 29999, 20500}) {
      auto body = error(code);
      body["message"] = "you sent " + echo;
      const auto verdict = api().judge(answer(400, body));
      std::visit(
          [&](const auto& outcome) {
            CHECK(outcome.reply.text.find(echo) == std::string::npos);
            CHECK(outcome.reply.text.find("credentials") != std::string::npos);
          },
          verdict.outcome);
      if (verdict.standing.reply) CHECK(verdict.standing.reply->text.find(echo) == std::string::npos);
      CHECK(api().judge_check(answer(401, body)).find(echo) == std::string::npos);
    }
  }
}

TEST_CASE("the account is looked at to prove a login, the message list where an API key may not") {
  const auto by_token = api().checks();
  REQUIRE(by_token.size() == 1);
  CHECK(by_token[0].request.method == http::Method::get);
  CHECK(by_token[0].request.url == "https://api.twilio.com/2010-04-01/Accounts/" + account_sid + ".json");
  CHECK(api().judge_check(answer(200, {{"status", "active"}})).empty());
  CHECK(api().judge_check(answer(200, {{"status", "suspended"}})) == "the Twilio account is suspended");
  CHECK(api().judge_check(answer(401, error(20003))).find("20003 It says why") != std::string::npos);
  CHECK(api().judge_check({200, "<html>", {}}) == "the answer is not Twilio's");
  CHECK(api("SK1").checks()[0].request.url.ends_with("/Messages.json?PageSize=1"));
  CHECK(api("SK1").judge_check(answer(200, {{"messages", json::array()}})).empty());
}
