#include <nlohmann/json.hpp>

#include "channels/sms/providers.hpp"
#include "core/error.hpp"
#include "support/catch.hpp"
#include "support/sms_sample.hpp"

using namespace egarage;
using namespace egarage::channels;
using namespace egarage::tests;
using core::GatewayClass;
using nlohmann::json;

namespace {

core::SmsAccount json_account() {
  core::SmsAccount account;
  account.transport = "http";
  account.from = "TallerSur";
  account.user = "taller";
  account.gateway.url = "https://sms.example/v1/send";
  account.gateway.body =
      R"({"messages":[{"to":"{{to}}","from":"{{from}}","body":"{{ text }}","ref":"x-{{id}}"}],"n":1})";
  account.gateway.headers = {{"X-Api-Key", "{{password}}"}, {"X-Client", "egarage {{user}}"}};
  account.gateway.id_pointer = "/messages/0/id";
  account.gateway.code_pointer = "/error/code";
  account.gateway.codes = {{"17", GatewayClass::retry},       {"18", GatewayClass::pause},
                           {"19", GatewayClass::block},       {"20", GatewayClass::reject},
                           {"21", GatewayClass::bad_address}, {"STOP", GatewayClass::opt_out},
                           {"23", GatewayClass::uncertain}};
  return account;
}

core::SmsAccount form_account() {
  auto account = json_account();
  account.gateway.encoding = core::GatewayEncoding::form;
  account.gateway.body = "user={{user}}&pass={{password}}&to={{to}}&from={{from}}&text={{text}}&ref={{id}}&fixed=a%20b";
  account.gateway.headers.clear();
  return account;
}

std::unique_ptr<http::Provider> provider(const core::SmsAccount& account) {
  return sms::make_gateway_provider(account, core::Secret{canary});
}
http::Request request_of(const core::SmsAccount& account, const Message& message = sms_message()) {
  return std::get<http::Request>(provider(account)->request(message));
}
http::Verdict judged(const core::SmsAccount& account, int status, const std::string& body) {
  return provider(account)->judge(sms_message(), {status, body, std::nullopt});
}

}  // namespace

TEST_CASE("a gateway's JSON body is filled as its template says, in its order") {
  auto account = json_account();
  account.gateway.idempotency_header = "Idempotency-Key";
  const auto request = request_of(account);
  CHECK(request.method == http::Method::post);
  CHECK(request.url == "https://sms.example/v1/send");
  CHECK(request.body == R"({"messages":[{"to":"+56961234567","from":"TallerSur",)"
                        R"("body":"Hola Ana: su auto está listo.","ref":"x-n.12.0a1b2c3d@tallersur.example"}],"n":1})");
  CHECK(request.headers ==
        std::vector<std::pair<std::string, std::string>>{{"Content-Type", "application/json"},
                                                         {"Idempotency-Key", "n.12.0a1b2c3d@tallersur.example"},
                                                         {"X-Client", "egarage taller"}});
  REQUIRE(request.secret_headers.size() == 1);
  CHECK(request.secret_headers[0].first == "X-Api-Key");
  CHECK(request.secret_headers[0].second.reveal() == canary);
}

TEST_CASE("a gateway's form is filled with encoded values; what the operator wrote stays as it is") {
  auto account = form_account();
  account.gateway.plus = false;
  CHECK(request_of(account, sms_message("50% & más")).body ==
        "user=taller&pass=c4n4ry-S3cret%2F%26%22x&to=56961234567&from=TallerSur&text=50%25%20%26%20m%C3%A1s"
        "&ref=n.12.0a1b2c3d%40tallersur.example&fixed=a%20b");
}

TEST_CASE("with GET a gateway's form is the query") {
  auto account = form_account();
  account.gateway.method = "GET";
  account.gateway.body = "to={{to}}&text={{text}}";
  CHECK(request_of(account, sms_message("a b")).url == "https://sms.example/v1/send?to=%2B56961234567&text=a%20b");
  account.gateway.url = "https://sms.example/send?key=1";
  const auto request = request_of(account, sms_message("a&b#c"));
  CHECK(request.url == "https://sms.example/send?key=1&to=%2B56961234567&text=a%26b%23c");
  CHECK(request.body.empty());
  CHECK(request.method == http::Method::get);
}

TEST_CASE("Basic authentication is left to the sender; a password never makes a second header") {
  auto account = json_account();
  account.gateway.headers = {{"Authorization", "Basic {{user}}:{{password}}"}};
  const auto request = request_of(account);
  CHECK(request.basic_user == "taller");
  CHECK(request.basic_password.reveal() == canary);
  CHECK(request.secret_headers.empty());

  account.gateway.headers = {{"X-Key", "k {{password}}"}, {"X-Id", "{{id}} {{text}}"}};
  auto message = sms_message();
  message.id = "a\r\nX-Evil: 1";
  const auto sent =
      std::get<http::Request>(sms::make_gateway_provider(account, core::Secret{"two\r\nlines"})->request(message));
  CHECK(sent.secret_headers.at(0).second.reveal() == "k twolines");
  CHECK(sent.headers.at(1).second == "aX-Evil: 1 {{text}}");  // nothing that a customer has written
}

TEST_CASE("whatever a text holds, the gateway's parser reads it exactly") {
  using namespace std::string_literals;
  std::vector<std::string> texts = {"\"}],\"to\":\"+1\"",
                                    "\\",
                                    "\\\"",
                                    "a\nb\r\tc",
                                    "{{password}} {{to}} {{ text }}",
                                    "}}{{",
                                    "&to=%2B1&x=",
                                    "a=b&c=d;e+f%20g",
                                    "\x01\x1F\x7F",
                                    "\u2028\u2029\u0085",
                                    "🚗 ñ €",
                                    "</script><!--",
                                    "%00%0d%0a",
                                    std::string(1500, '"')};
  std::uint64_t state = 42;
  for (int i = 0; i < 400; ++i) {
    std::string text;
    for (int j = 0; j < 30; ++j) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      constexpr std::string_view hostile = "\"\\{}[]&=%+#?/ \n\r\t,:'<>\x01\x7F" "azu0";
      text += hostile[(state >> 33) % hostile.size()];
    }
    texts.push_back(text);
  }
  const auto unescape = [](const std::string& form, const std::string& name) {
    auto at = form.find("&" + name + "=") + name.size() + 2;
    std::string value;
    for (; at < form.size() && form[at] != '&'; ++at) {
      if (form[at] != '%') {
        value += form[at];
        continue;
      }
      value += static_cast<char>(std::stoi(form.substr(at + 1, 2), nullptr, 16));
      at += 2;
    }
    return value;
  };
  for (const auto& text : texts) {
    INFO(text);
    const auto body = json::parse(request_of(json_account(), sms_message(text)).body);
    CHECK(body["messages"][0]["body"] == text);
    CHECK(body["messages"][0]["to"] == "+56961234567");
    CHECK(body["messages"].size() == 1);
    CHECK(body["messages"][0].size() == 4);
    const auto form = request_of(form_account(), sms_message(text)).body;
    CHECK(unescape(form, "text") == text);
    CHECK(unescape(form, "pass") == canary);
    CHECK(std::count(form.begin(), form.end(), '&') == 6);
  }
}

TEST_CASE("a gateway's length is kept, in characters") {
  auto account = json_account();
  account.gateway.longest = 5;
  CHECK(std::holds_alternative<http::Request>(provider(account)->request(sms_message("ñandú"))));
  const auto refused = std::get<Outcome>(provider(account)->request(sms_message("ñandús")));
  CHECK(std::get<Rejected>(refused).reason == Rejected::Reason::message);
  CHECK(std::holds_alternative<Outcome>(provider(account)->request(sms_message(""))));
}

TEST_CASE("a code of the gateway's table decides, whatever the HTTP status") {
  const auto account = json_account();
  for (const auto& [code, meaning] : account.gateway.codes) {
    for (int status = 100; status < 600; ++status) {
      INFO(code << " " << status);
      // As a text, as a number, and beside an id, which a refused message may have, too.
      const json body{{"error", {{"code", code}}}, {"messages", {{{"id", "m1"}}}}};
      CHECK(name_of(judged(account, status, body.dump())) == core::name_of(core::gateway_class_names, meaning));
    }
  }
  CHECK(name_of(judged(account, 400, R"({"error":{"code":17}})")) == "retry");
}

TEST_CASE("without an id there is no success, and a 2xx that is no success is uncertain") {
  const auto account = json_account();
  const auto accepted = judged(account, 200, R"({"messages":[{"id":"m1"}]})");
  CHECK(name_of(accepted) == "accept");
  CHECK(std::get<Accepted>(accepted.outcome).provider_id == "m1");
  CHECK(std::get<Accepted>(judged(account, 200, R"({"messages":[{"id":4711}]})").outcome).provider_id == "4711");
  for (int status = 100; status < 600; ++status) {
    for (const auto* body : {"", "OK", "{}", "[]", "null", R"({"messages":[]})", R"({"messages":[{"id":null}]})",
                             R"({"messages":[{"id":""}]})", R"({"messages":{"0":{"id":{}}}})",
                             R"({"error":{"code":"unheard-of"}})", R"({"messages":[{"id":"a)"}) {
      INFO(status << " " << body);
      const auto name = name_of(judged(account, status, body));
      CHECK(name == (status == 401 || status == 403 || status == 404 || status == 407 ? "block"
                     : status == 408                                                  ? "retry"
                     : status == 429                                                  ? "pause"
                     : status >= 300 && status < 400                                  ? "block"
                     : status >= 400 && status < 500                                  ? "reject"
                                                                                      : "uncertain"));
    }
  }
}

TEST_CASE("a success needs its status and its value") {
  auto account = json_account();
  account.gateway.first_status = account.gateway.last_status = 202;
  account.gateway.success_pointer = "/ok";
  account.gateway.success_equals = "true";
  const std::string id = R"("messages":[{"id":"m1"}]})";
  CHECK(name_of(judged(account, 202, R"({"ok":true,)" + id)) == "accept");
  CHECK(name_of(judged(account, 202, R"({"ok":"true",)" + id)) == "accept");
  CHECK(name_of(judged(account, 202, R"({"ok":false,)" + id)) == "uncertain");
  CHECK(name_of(judged(account, 202, "{" + id)) == "uncertain");
  CHECK(name_of(judged(account, 200, R"({"ok":true,)" + id)) == "uncertain");
  CHECK(name_of(judged(account, 400, R"({"ok":true,)" + id)) == "reject");
}

TEST_CASE("pointers into answers of another shape find nothing") {
  auto account = json_account();
  for (const auto* pointer : {"/a/01", "/a/-", "/a/99999999999999999999", "/a~1b", "/", "/a/b/c/d"}) {
    account.gateway.id_pointer = pointer;
    for (const auto* body : {R"({"a":[1,2]})", R"({"a":{}})", "[]", "1", "\"a\"", "\xFF", R"({"a":")"}) {
      INFO(pointer << " " << body);
      CHECK(name_of(judged(account, 200, body)) == "uncertain");
    }
  }
  CHECK(name_of(judged(account, 200, std::string(100'000, '['))) == "uncertain");
}

TEST_CASE("the wish to wait is honoured") {
  const auto verdict = provider(json_account())->judge(sms_message(), {429, "", std::chrono::seconds{90}});
  CHECK(name_of(verdict) == "pause");
  CHECK(verdict.standing.retry_after == std::chrono::seconds{90});
}

TEST_CASE("what a gateway repeats of the request is not kept") {
  auto account = json_account();
  account.gateway.id_pointer = account.gateway.code_pointer = "/said";
  const std::vector<std::string> echoes = {canary, "c4n4ry-S3cret%2F%26%22x", "pass=c4n4ry-S3cret%2F%26%22x&to=1",
                                           R"(c4n4ry-S3cret/&\"x)", "cut: c4n4ry-S3c"};
  for (const auto& echo : echoes) {
    for (int status = 100; status < 600; ++status) {
      INFO(echo << " " << status);
      const auto verdict = judged(account, status, json{{"said", echo}}.dump());
      CHECK(texts_of(verdict).find("c4n4ry-S") == std::string::npos);
      CHECK(name_of(verdict) != "accept");
      // The body alone is never kept.
      CHECK(texts_of(judged(account, status, echo)).find("c4n4ry-S") == std::string::npos);
    }
  }
  account.gateway.id_pointer = "/id";
  CHECK(name_of(judged(account, 200, json{{"id", std::string(201, 'a')}}.dump())) == "uncertain");
  CHECK(name_of(judged(account, 200, json{{"id", "a\nb"}}.dump())) == "uncertain");
}

TEST_CASE("a description that cannot work is an error of the configuration") {
  auto account = json_account();
  account.gateway.body = "{\"to\":{{to}}}";
  CHECK_THROWS_AS(provider(account), core::Error);
  account = json_account();
  account.gateway.id_pointer = "id";
  CHECK_THROWS_AS(provider(account), core::Error);
}
