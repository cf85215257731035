#include "channels/whatsapp/cloud_classify.hpp"

#include <nlohmann/json.hpp>

#include "channels/whatsapp/cloud_codes.hpp"
#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels;
using http::Ruling;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

const std::string canary = "EAAGcanary5f0c7a19";

Message text_message() {
  Message message;
  message.recipient = "+56912345678";
  message.text = "Hola";
  return message;
}
Message template_message() {
  auto message = text_message();
  message.whatsapp = core::WhatsappMessage{"aviso", "es", {}, {}, {}, {}};
  return message;
}

http::Verdict judge(int status, const json& body, const Message& message = text_message()) {
  const http::Discretion discretion({}, core::Secret{canary});
  return whatsapp::classify_cloud(message, {status, body.is_string() ? body.get<std::string>() : body.dump(), {}},
                                  discretion);
}

json error(int code, json more = json::object()) {
  json value{{"message", "(#" + std::to_string(code) + ") It says why"},
             {"type", "OAuthException"},
             {"code", code},
             {"error_data", {{"messaging_product", "whatsapp"}, {"details", "And in detail"}}},
             {"fbtrace_id", "AbCdEf"}};
  value.update(more);
  return {{"error", value}};
}

const Reply& reply_of(const http::Verdict& verdict) {
  return std::visit([](const auto& outcome) -> const Reply& { return outcome.reply; }, verdict.outcome);
}

}  // namespace

TEST_CASE("every listed code of the Cloud API has its ruling, whatever the HTTP status") {
  struct Row {
    std::vector<int> codes;
    Ruling ruling;
    std::chrono::seconds wait = 0s;
  };
  std::vector<int> permissions;
  for (int code = 200; code < 300; ++code) permissions.push_back(code);
  const std::vector<Row> rows{
      {{0, 3, 10, 104, 190, 131005}, Ruling::block},
      {permissions, Ruling::block},
      {{33, 133010, 131045, 131037, 133006}, Ruling::block},
      {{131031, 368, 131042, 134011, 131030, 2635}, Ruling::block},
      {{130497}, Ruling::reject},
      {{4, 80007, 17, 613}, Ruling::pause, 15min},
      {{130429}, Ruling::pause, 10s},
      {{131048, 131064}, Ruling::pause, 6h},
      {{131056}, Ruling::wait_for_recipient},
      {{1, 131000}, Ruling::uncertain},
      {{2, 131016, 131057, 133004}, Ruling::retry},
      {{100, 131008, 131009, 131051, 135000, 131021, 131055, 131052, 131053}, Ruling::reject},
      {{132000, 132012, 132018}, Ruling::reject},
      {{132001, 132005, 132007, 132015, 132016, 131063, 132068, 132069}, Ruling::template_refused},
      {{131026, 131049, 130472}, Ruling::reject},
      {{131047}, Ruling::window_closed},
      {{131050}, Ruling::promotion_opt_out},
      {{130403}, Ruling::bad_address},
  };
  for (const auto& [codes, ruling, wait] : rows) {
    for (const int code : codes) {
      for (const int status : {400, 401, 403, 404, 429, 500, 503}) {
        for (const bool transient : {false, true}) {
          INFO(code << " with " << status);
          const auto ruled = whatsapp::ruling_of_error({code, 0, transient, "words"}, status);
          CHECK(ruled.ruling == ruling);
          CHECK(ruled.wait == wait);
        }
      }
    }
  }
}

TEST_CASE("a code that Meta has never told us of is judged by its kind of answer") {
  CHECK(whatsapp::ruling_of_error({999'999, 0, false, ""}, 400).ruling == Ruling::reject);
  CHECK(whatsapp::ruling_of_error({999'999, 0, true, ""}, 400).ruling == Ruling::retry);
  CHECK(whatsapp::ruling_of_error({999'999, 0, false, ""}, 500).ruling == Ruling::uncertain);
  CHECK(whatsapp::ruling_of_error({999'999, 0, true, ""}, 503).ruling == Ruling::uncertain);
  CHECK(whatsapp::ruling_of_error({-1, 0, false, ""}, 400).ruling == Ruling::reject);
}

TEST_CASE("an invalid parameter that is the phone number id blocks the account") {
  for (const char* words :
       {"The parameter phone_number_id is required", "Invalid Phone Number ID", "phone number id"}) {
    CHECK(whatsapp::ruling_of_error({100, 0, false, words}, 400).ruling == Ruling::block);
  }
  CHECK(whatsapp::ruling_of_error({100, 33, false, "Unsupported post request"}, 400).ruling == Ruling::block);
  CHECK(whatsapp::ruling_of_error({100, 0, false, "Invalid parameter"}, 400).ruling == Ruling::reject);
  CHECK(judge(400, error(100, {{"error_data", "phone number id 12 does not exist"}})).standing.state ==
        Standing::State::blocked);
}

TEST_CASE("a message is taken exactly when the answer names it") {
  const auto taken = [](std::string status) {
    return json{{"messaging_product", "whatsapp"},
                {"contacts", {{{"input", "+56912345678"}, {"wa_id", "56912345678"}}}},
                {"messages", {{{"id", "wamid.HBgL"}, {"message_status", std::move(status)}}}}};
  };
  for (const auto* status : {"accepted", "held_for_quality_assessment", "paused"}) {
    const auto verdict = judge(200, taken(status));
    REQUIRE(std::holds_alternative<Accepted>(verdict.outcome));
    CHECK(std::get<Accepted>(verdict.outcome).provider_id == "wamid.HBgL");
    CHECK(reply_of(verdict).text == status);
    CHECK(reply_of(verdict).phase == Phase::answer);
    CHECK(verdict.standing.state == Standing::State::ok);
  }
  CHECK(std::holds_alternative<Accepted>(judge(200, R"({"messages":[{"id":"wamid.x"}]})").outcome));
  CHECK(std::holds_alternative<Accepted>(judge(500, R"({"messages":[{"id":"wamid.x"}]})").outcome));
  for (const std::string body :
       {"", "ok", "<html></html>", "[]", "{}", R"({"messages":[]})", R"({"messages":{"id":"x"}})",
        R"({"messages":{"a":{"id":"x"}}})", R"({"messages":[7,{"id":"x"}]})", R"({"messages":[[],{"id":"x"}]})",
        R"({"messages":[{"a":{"id":"x"}}]})", R"({"messages":[{"id":"x"}],"messages":7})",
        R"([{"messages":[{"id":"x"}]}])", R"({"a":{"messages":[{"id":"x"}]}})", R"({"messages":[{"a":1},{"id":"x"}]})",
        R"({"messages":[{"id":""}]})", R"({"messages":[{"id":7}]})", R"({"messages":["wamid"]})",
        R"({"messages":[{"id":"wamid.cut)"}) {
    INFO(body);
    CHECK(std::holds_alternative<Uncertain>(judge(200, body).outcome));
    CHECK(judge(200, body).standing.state == Standing::State::ok);
  }
  CHECK(std::holds_alternative<Uncertain>(judge(200, std::string(900'000, '[')).outcome));
}

TEST_CASE("an error's words hold code, message, details and trace in one line") {
  const auto verdict = judge(400, error(131026));
  CHECK(reply_of(verdict).code == 131026);
  CHECK(reply_of(verdict).text == "(#131026) It says why; And in detail (fbtrace_id AbCdEf)");
  CHECK(reply_of(judge(400, error(131026, {{"error_data", "a plain text"}}))).text ==
        "(#131026) It says why; a plain text (fbtrace_id AbCdEf)");
  CHECK(reply_of(judge(400, error(131026, {{"error_user_title", "A title"}, {"error_data", nullptr}}))).text ==
        "(#131026) It says why; A title (fbtrace_id AbCdEf)");
  CHECK(reply_of(judge(400, error(131026, {{"message", "a\r\nb\tc"}, {"error_data", 7}, {"fbtrace_id", 7}}))).text ==
        "a b c");
  std::string details;
  for (int i = 0; i < 400; ++i) details += "ñ";
  const auto longest = reply_of(judge(400, error(131026, {{"error_data", details}})));
  CHECK(longest.text.size() <= 500);
  CHECK(longest.text.ends_with("(fbtrace_id AbCdEf)"));
  CHECK(judge(400, R"({"error":{"code":"131056","message":"as text"}})").outcome.index() ==
        judge(400, error(131056)).outcome.index());
}

TEST_CASE("what an error means for the message and the account") {
  CHECK(std::get<Rejected>(judge(400, error(131050)).outcome).reason == Rejected::Reason::promotion_opt_out);
  CHECK(std::get<Rejected>(judge(400, error(130403)).outcome).reason == Rejected::Reason::address);
  CHECK(std::get<Deferred>(judge(400, error(131056)).outcome).scope == Deferred::Scope::recipient);
  CHECK_FALSE(std::get<Deferred>(judge(400, error(131056)).outcome).retry_after);
  CHECK(judge(400, error(131056)).standing.state == Standing::State::ok);
  CHECK(std::get<Deferred>(judge(400, error(131047)).outcome).scope == Deferred::Scope::window);
  CHECK(std::get<Rejected>(judge(400, error(131047), template_message()).outcome).reason == Rejected::Reason::message);
  CHECK(std::holds_alternative<TemplateRefused>(judge(404, error(132001), template_message()).outcome));
  const auto revoked = judge(401, error(190));
  CHECK(std::holds_alternative<Returned>(revoked.outcome));
  CHECK(revoked.standing.state == Standing::State::blocked);
  REQUIRE(revoked.standing.reply);
  CHECK(revoked.standing.reply->code == 190);
  const auto throttled = judge(400, error(130429));
  CHECK(std::holds_alternative<Returned>(throttled.outcome));
  CHECK(throttled.standing.state == Standing::State::paused);
  CHECK(throttled.standing.retry_after == 10s);
}

TEST_CASE("an answer without a code is judged by its status, and never taken for a success") {
  for (int status = 100; status < 600; ++status) {
    INFO(status);
    for (const std::string body : {"", "{}", R"({"error":{}})", R"({"error":"no"})", "<html>"}) {
      const auto [outcome, standing] = judge(status, body);
      const bool blocked = status == 401 || status == 403 || status == 404 || status == 407 || status / 100 == 3;
      CHECK((standing.state == Standing::State::blocked) == blocked);
      CHECK((standing.state == Standing::State::paused) == (status == 429));
      CHECK(std::holds_alternative<Returned>(outcome) == (blocked || status == 429));
      CHECK(std::holds_alternative<Uncertain>(outcome) == (status < 300 || status >= 500));
      CHECK(std::holds_alternative<Deferred>(outcome) == (status == 408));
      const bool plain = status / 100 == 4 && !blocked && status != 429 && status != 408;
      CHECK(std::holds_alternative<Rejected>(outcome) == plain);
    }
  }
}

TEST_CASE("no reply repeats the token, wherever Meta would send it back") {
  for (const auto* member : {"message", "error_user_title", "error_user_msg", "error_data", "fbtrace_id"}) {
    for (const int code : {190, 100, 131026, 130429, 999'999}) {
      for (const auto& echo : {canary, canary.substr(4), canary.substr(0, 10)}) {
        const auto verdict = judge(400, error(code, {{member, "Malformed token " + echo}}));
        CHECK(reply_of(verdict).text.find(echo) == std::string::npos);
        if (verdict.standing.reply) CHECK(verdict.standing.reply->text.find(echo) == std::string::npos);
      }
    }
  }
  CHECK(reply_of(judge(400, json{{"error", {{"message", canary}}}})).text.find(canary) == std::string::npos);
  CHECK(reply_of(judge(200, json{{"messages", {{{"id", "wamid.x"}, {"message_status", canary}}}}})).text.find(canary) ==
        std::string::npos);
}
