#include "receipts/body.hpp"

#include "receipts/opt_out_words.hpp"
#include "receipts/spellings.hpp"
#include "webhook_world.hpp"

using namespace egarage;
using namespace egarage::receipts;
using store::ReceiptFailure;
using store::ReceiptStatus;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string refusal(const std::string& text) {
  const auto read = read_body(text, noon);
  const auto* refused = std::get_if<Refusal>(&read);
  return refused ? refused->sentence : "";
}

Reading read(const json& body, core::Instant now = noon) { return std::get<Reading>(read_body(body.dump(), now)); }

MessageStatus only_status(const json& body, core::Instant now = noon) {
  const auto reading = read(body, now);
  REQUIRE(reading.facts.size() == 1);
  return std::get<MessageStatus>(reading.facts[0]);
}

}  // namespace

TEST_CASE("a body that is none is refused with the reason") {
  struct Row {
    std::string text, says;
  };
  const Row rows[] = {
      {"", "is not valid JSON"},
      {"{", "is not valid JSON"},
      {"{\"a\":\"\xff\"}", "is not valid JSON"},
      {"{} {}", "is not valid JSON"},
      {"[]", "is not a JSON object"},
      {"7", "is not a JSON object"},
      {"{}", "is neither a webhook"},
      {R"({"object":"page","entry":[]})", "is neither a webhook"},
      {R"({"object":"whatsapp_business_account"})", "no list \"entry\""},
      {R"({"object":"whatsapp_business_account","entry":{}})", "no list \"entry\""},
      {R"({"MessageSid":"SM 1","AccountSid":"AC1"})", "MessageSid"},
      {R"({"MessageSid":"SM1","MessageStatus":"sent"})", "no AccountSid"},
      {R"({"MessageSid":"SM1","AccountSid":"AC1","MessageStatus":"sent","received_at":"now"})", "received_at"},
      {R"({"MessageSid":"SM1","AccountSid":"AC1","MessageStatus":"sent","received_at":7})", "received_at"},
      {std::string(200'000, '['), "nests deeper than 32"},
      {R"({"object":)" + std::string(40, '[') + std::string(40, ']') + "}", "nests deeper than 32"},
      {std::string(longest_body + 1, ' '), "longer than 8 MiB"},
  };
  for (const auto& [text, says] : rows) {
    INFO(text.substr(0, 80) << " → " << refusal(text));
    CHECK(has(refusal(text), says));
  }
}

TEST_CASE("a status of Meta's names the account, the message and our attempt, whatever types it writes numbers in") {
  auto status = cloud_status("delivered");
  const auto attempt = GENERATE(json("4711"), json(4711), json("another program's"), json("-5"), json());
  const auto time =
      GENERATE(json(std::to_string(noon.time_since_epoch().count())), json(noon.time_since_epoch().count()));
  status["biz_opaque_callback_data"] = attempt;
  status["timestamp"] = time;
  const auto fact = only_status(cloud_body(json::array({status})), noon + std::chrono::hours{1});
  CHECK(fact.account == ProviderAccount{core::Channel::whatsapp, number_id, "", "", ""});
  CHECK(fact.receipt.provider_id == "wamid.1");
  CHECK(fact.receipt.status == ReceiptStatus::delivered);
  CHECK(fact.receipt.said_at == noon);
  CHECK(fact.receipt.attempt.has_value() == (attempt == json("4711") || attempt == json(4711)));
  CHECK(fact.recipient == Spellings{ana});
}

TEST_CASE("a failure says what it says beyond its message") {
  struct Row {
    std::string provider;
    int code;
    ReceiptFailure failure;
  };
  const Row rows[] = {
      {"cloud", 131026, ReceiptFailure::message},
      {"cloud", 131047, ReceiptFailure::message},
      {"cloud", 131049, ReceiptFailure::message},
      {"cloud", 130472, ReceiptFailure::message},
      {"cloud", 131050, ReceiptFailure::promotion_opt_out},
      {"cloud", 130403, ReceiptFailure::address},
      {"cloud", 131056, ReceiptFailure::temporary},
      {"cloud", 131042, ReceiptFailure::temporary},
      {"cloud", 131000, ReceiptFailure::temporary},
      {"cloud", 999999, ReceiptFailure::message},
      {"cloud", 21610, ReceiptFailure::message},
      {"twilio", 131050, ReceiptFailure::message},
      {"twilio", 21610, ReceiptFailure::opt_out},
      {"twilio", 30006, ReceiptFailure::address},
      {"twilio", 63003, ReceiptFailure::address},
      {"twilio", 30003, ReceiptFailure::temporary},
      {"twilio", 30005, ReceiptFailure::message},
      {"twilio", 63016, ReceiptFailure::message},
  };
  for (const auto& [provider, code, failure] : rows) {
    INFO(provider << ' ' << code);
    const auto body = provider == "cloud" ? cloud_body(json::array({cloud_status("failed", "wamid.1", code)}))
                                          : twilio_status("failed", ana, std::to_string(code));
    const auto fact = only_status(body);
    CHECK(fact.receipt.status == ReceiptStatus::failed);
    CHECK(fact.receipt.code == code);
    CHECK(fact.receipt.failure == failure);
  }
}

TEST_CASE("the words of an error are title and details, as far as there are any, on one line") {
  struct Row {
    std::string error, words;
  };
  const Row rows[] = {
      {R"({"code":1,"title":"No","message":"Nope","error_data":{"details":"too\nold"}})", "No: too old"},
      {R"({"code":1,"message":"Nope","error_data":"a text"})", "Nope: a text"},
      {R"({"code":1,"title":"No","error_data":{"details":"No"}})", "No"},
      {R"({"code":"1","error_data":{"details":"only these"}})", "only these"},
      {R"({"code":1,"title":")" + std::string(999, 'x') + "\"}", std::string(300, 'x')},
      {R"("not even an object")", ""},
  };
  for (const auto& [error, words] : rows) {
    auto status = cloud_status("failed");
    status["errors"] = json::array({json::parse(error)});
    CHECK(only_status(cloud_body(json::array({status}))).receipt.text == words);
  }
}

TEST_CASE("one body holds any number of entries, changes and statuses; what is strange among them is passed over") {
  auto body = cloud_body(json::array({cloud_status("sent"), cloud_status("delivered", "wamid.2"),
                                      cloud_status("warped"), cloud_status("read", ""), 7, nullptr, json::array()}),
                         json::array({cloud_message("hola"), json{{"type", "system"}, {"from", "56961234567"}}, "x"}));
  auto second = cloud_body(json::array({cloud_status("read", "wamid.3")}), json::array(), "2")["entry"][0];
  second["changes"].push_back(json{{"field", "message_template_status_update"}, {"value", json::object()}});
  second["changes"].push_back("?");
  body["entry"].push_back(second);
  body["entry"].push_back(nullptr);
  const auto reading = read(body);
  CHECK(reading.facts.size() == 4);
  CHECK(reading.ignored == 9);
  CHECK(std::get<MessageStatus>(reading.facts[3]).account.phone_number_id == "2");
}

TEST_CASE("a time to come, or none, is now") {
  for (const auto* time : {"\"9999999999\"", "\"99999999999999999999\"", "\"9223372036854775807\"", "\"soon\"", "null",
                           "-1", "1.5", "18446744073709551615"}) {
    INFO(time);
    auto status = cloud_status("sent");
    status["timestamp"] = json::parse(time);
    CHECK(only_status(cloud_body(json::array({status}))).receipt.said_at == noon);
  }
}

TEST_CASE("a customer's message on WhatsApp opens the window, and STOP in it, or tapped, is an opt-out of promotions") {
  const auto plain = cloud_message("¿Cuándo está listo?"), word = cloud_message(" Stop. ");
  auto tapped = cloud_message("");
  tapped["type"] = "button";
  tapped["button"] = json{{"payload", "STOP"}, {"text", "No recibir más"}};
  auto chosen = cloud_message("");
  chosen["type"] = "interactive";
  chosen["interactive"]["button_reply"] = json{{"id", "STOP"}, {"title", "No"}};
  CHECK(read(cloud_body({}, json::array({plain}))).facts.size() == 1);
  for (const auto& message : {word, tapped, chosen}) {
    const auto facts = read(cloud_body({}, json::array({message}))).facts;
    REQUIRE(facts.size() == 2);
    CHECK(std::get<Inbound>(facts[0]).from == Spellings{ana});
    CHECK(std::get<Inbound>(facts[0]).at == noon);
    CHECK(std::get<OptOut>(facts[1]).scope == store::SuppressionScope::promotional);
  }
}

TEST_CASE("a customer whose number is hidden is nobody we know") {
  auto message = cloud_message("BAJA");
  message.erase("from");
  message["from_user_id"] = "CL.1502";
  auto status = cloud_status("read");
  status.erase("recipient_id");
  const auto facts = read(cloud_body(json::array({status}), json::array({message}))).facts;
  REQUIRE(facts.size() == 3);
  CHECK(std::get<MessageStatus>(facts[0]).recipient.empty());
  CHECK(std::get<Inbound>(facts[1]).from.empty());
  CHECK(std::get<OptOut>(facts[2]).from.empty());
}

TEST_CASE("marketing messages can be stopped at Meta; resuming them is the host application's business") {
  auto body = cloud_body({});
  auto& change = body["entry"][0]["changes"][0];
  change["field"] = "user_preferences";
  const json stop{{"wa_id", ana.substr(1)}, {"category", "marketing_messages"}, {"value", "stop"}};
  auto resume = stop;
  resume["value"] = "resume";
  change["value"]["user_preferences"] = json::array({stop, resume});
  const auto reading = read(body);
  REQUIRE(reading.facts.size() == 1);
  CHECK(std::get<OptOut>(reading.facts[0]).from == Spellings{ana});
  CHECK(reading.ignored == 1);
}

TEST_CASE("Twilio's statuses, one by one") {
  struct Row {
    std::string word;
    std::optional<ReceiptStatus> status;
  };
  const Row rows[] = {{"accepted", ReceiptStatus::sent},
                      {"scheduled", ReceiptStatus::sent},
                      {"queued", ReceiptStatus::sent},
                      {"sending", ReceiptStatus::sent},
                      {"sent", ReceiptStatus::sent},
                      {"delivered", ReceiptStatus::delivered},
                      {"read", ReceiptStatus::read},
                      {"partially_delivered", ReceiptStatus::delivered},
                      {"undelivered", ReceiptStatus::failed},
                      {"failed", ReceiptStatus::failed},
                      {"canceled", ReceiptStatus::failed},
                      {"unheard-of", std::nullopt},
                      {"", std::nullopt}};
  for (const auto& [word, status] : rows) {
    INFO(word);
    auto fields = twilio_status(word);
    fields["attempt"] = "12";
    const auto reading = read(fields);
    REQUIRE(reading.facts.size() == (status ? 1 : 0));
    CHECK(reading.ignored == (status ? 0 : 1));
    if (!status) continue;
    const auto& fact = std::get<MessageStatus>(reading.facts[0]);
    CHECK(fact.receipt.status == *status);
    CHECK(fact.receipt.attempt == store::AttemptId{12});
    CHECK(fact.account == ProviderAccount{core::Channel::sms, "", account_sid, "", ""});
  }
}

TEST_CASE("Twilio's addresses say which channel it is") {
  CHECK(only_status(twilio_status("sent", "whatsapp:" + ana)).receipt.channel == core::Channel::whatsapp);
  CHECK(only_status(twilio_status("sent", "whatsapp:" + ana)).recipient == Spellings{ana});
  CHECK(read(twilio_status("sent", "messenger:77")).ignored == 1);
  CHECK(read(twilio_message("hola", "rcs:agent")).ignored == 1);
}

TEST_CASE("a message that came in at Twilio, at the time that the host application noted") {
  struct Row {
    std::string more;
    std::optional<store::SuppressionScope> opt_out;
  };
  const Row rows[] = {{R"({"Body":"hola"})", std::nullopt},
                      {R"({"Body":"alto"})", store::SuppressionScope::promotional},
                      {R"({"ButtonPayload":"STOP"})", store::SuppressionScope::promotional},
                      {R"({"Body":"STOP","OptOutType":"STOP"})", store::SuppressionScope::all},
                      {R"({"Body":"CANCEL","OptOutType":"STOP"})", store::SuppressionScope::all},
                      {R"({"Body":"START","OptOutType":"START"})", std::nullopt}};
  for (const auto& [more, opt_out] : rows) {
    INFO(more);
    auto fields = twilio_message("");
    fields.update(json::parse(more));
    fields["received_at"] = "2026-11-23T11:00:00Z";
    const auto facts = read(fields).facts;
    REQUIRE(facts.size() == (opt_out ? 2 : 1));
    CHECK(std::get<Inbound>(facts[0]).at == noon - std::chrono::hours{1});
    CHECK(std::get<Inbound>(facts[0]).account.number == "+56221234567");
    if (opt_out) CHECK(std::get<OptOut>(facts[1]).scope == *opt_out);
  }
  CHECK(std::get<Inbound>(read(twilio_message("hola")).facts[0]).at == noon);
}

TEST_CASE("an opt-out is the whole answer, not a word in it") {
  for (const auto* text : {"STOP", "stop", " Baja ", "ALTO!", "alto.", "\nSTOP\n"}) CHECK(is_opt_out(text));
  for (const auto* text : {"", " ", "...", "stop it", "no stop", "bajas", "dar de baja", "non-stop", "STOP?"}) {
    INFO(text);
    CHECK_FALSE(is_opt_out(text));
  }
}

TEST_CASE("WhatsApp names some subscribers otherwise than their numbering plan") {
  struct Row {
    std::string digits;
    Spellings spellings;
  };
  const Row rows[] = {{"56961234567", {"+56961234567"}},
                      {"+56961234567", {"+56961234567"}},
                      {"12125550123", {"+12125550123"}},
                      {"551196123456", {"+551196123456", "+5511996123456"}},
                      {"", {}},
                      {"+", {}},
                      {"CL.1502", {}},
                      {"1234567890123456", {}}};
  for (const auto& [digits, spellings] : rows) {
    INFO(digits);
    CHECK(spellings_of(digits) == spellings);
  }
  const auto mexican = spellings_of("5215512345678");
  CHECK(std::find(mexican.begin(), mexican.end(), "+525512345678") != mexican.end());
}
