#include "channels/twilio/message_list.hpp"

#include <nlohmann/json.hpp>

#include "channels/twilio/api.hpp"
#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels;
using nlohmann::json;

namespace {

// 2026-11-22T12:00:00Z, when the attempt began.
json row(std::string sid, std::string date) {
  return {{"sid", std::move(sid)},        {"direction", "outbound-api"},     {"to", "+56912345678"},
          {"body", "Su auto está listo"}, {"date_created", std::move(date)}, {"date_sent", nullptr}};
}
json with(json value, const char* name, json other) {
  value[name] = std::move(other);
  return value;
}

const std::string at_start = "Sun, 22 Nov 2026 12:00:00 +0000";

Lookup lookup() {
  Lookup question;
  question.started_at = *core::parse_instant("2026-11-22T12:00:00Z");
  question.known_ids = {"SMknown"};
  return question;
}

std::optional<http::LookupPage> read(const json& body, int status = 200) {
  return twilio::read_message_list("https://api.twilio.com", {"+56912345678", "Su auto está listo"}, lookup(),
                                   {status, body.is_string() ? body.get<std::string>() : body.dump(), {}});
}

}  // namespace

TEST_CASE("only the message that was sent is recognised in the list") {
  const json mine = row("SM1", at_start);
  struct Row {
    json message;
    std::vector<std::string> ids;
  };
  const std::vector<Row> rows{
      {mine, {"SM1"}},
      {row("SM2", "Sun, 22 Nov 2026 11:55:00 +0000"), {"SM2"}},
      {row("SM2", "Sun, 22 Nov 2026 11:54:59 +0000"), {}},
      {row("SM2", "Sun, 22 Nov 2026 09:00:30 -0300"), {"SM2"}},
      {row("SMknown", at_start), {}},
      {with(mine, "direction", "inbound"), {}},
      {with(mine, "direction", "outbound-reply"), {}},
      {with(mine, "to", "+56912345679"), {}},
      {with(mine, "body", "Su auto está listo "), {}},
      {with(mine, "body", nullptr), {}},
      {with(mine, "status", "failed"), {"SM1"}},
      {json("text"), {}},
  };
  for (const auto& [message, ids] : rows) {
    INFO(message.dump());
    const auto page = read({{"messages", {message}}, {"next_page_uri", nullptr}});
    REQUIRE(page);
    CHECK(page->ids == ids);
    CHECK_FALSE(page->next);
  }
}

TEST_CASE("of several the oldest comes last, in whatever order they are listed") {
  const auto page =
      read({{"messages",
             {row("SM1", "Sun, 22 Nov 2026 12:00:01 +0000"), row("SM3", "Sun, 22 Nov 2026 12:00:03 +0000"),
              row("SM2", "Sun, 22 Nov 2026 12:00:02 +0000")}}});
  REQUIRE(page);
  CHECK(page->ids == std::vector<std::string>{"SM3", "SM2", "SM1"});
}

TEST_CASE("what is no list says nothing about the message") {
  for (const json& body : {json(""), json("<html>"), json::object(), json{{"messages", "none"}},
                           json{{"messages", {row("", at_start)}}}, json{{"messages", {row("SM1", "")}}},
                           json{{"messages", {row("SM1", "yesterday or so")}}}, json(std::string(50'000, '['))}) {
    INFO(body.dump().substr(0, 80));
    CHECK_FALSE(read(body));
  }
  CHECK_FALSE(read({{"messages", json::array()}}, 500));
  CHECK_FALSE(read({{"messages", json::array()}, {"code", 20429}}, 429));
}

TEST_CASE("the next page is followed within the API's origin, until the list is a day older than the attempt") {
  const auto next = [](const json& uri, const std::string& date = "Sun, 22 Nov 2026 12:00:00 +0000") {
    return read({{"messages", {row("SM1", date)}}, {"next_page_uri", uri}});
  };
  CHECK(next("/2010-04-01/Accounts/AC1/Messages.json?Page=1")->next ==
        "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json?Page=1");
  CHECK_FALSE(next("")->next);
  CHECK_FALSE(next("//evil.example/list"));
  CHECK_FALSE(next("https://evil.example/list"));
  CHECK_FALSE(next(7));
  CHECK(next("/more", "Sat, 21 Nov 2026 12:00:00 +0000")->next);
  CHECK_FALSE(next("/more", "Sat, 21 Nov 2026 11:59:59 +0000")->next);
}

TEST_CASE("the list is asked for by recipient only, because queued messages have no date to filter by") {
  const twilio::Api api{
      {.origin = "https://127.0.0.1:8443", .account_sid = "AC1", .user = {}, .password = core::Secret{"t"}}};
  const auto request = api.list("whatsapp:+56912345678");
  CHECK(request.method == http::Method::get);
  CHECK(request.url ==
        "https://127.0.0.1:8443/2010-04-01/Accounts/AC1/Messages.json?To=whatsapp%3A%2B56912345678&PageSize=50");
  CHECK(request.body.empty());
  CHECK(request.basic_user == "AC1");
}
