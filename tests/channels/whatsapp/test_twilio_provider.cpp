#include "channels/whatsapp/twilio_provider.hpp"

#include <nlohmann/json.hpp>

#include "channels/http/form.hpp"
#include "channels/whatsapp/twilio_form.hpp"
#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels;
using http::Form;

namespace {

core::WhatsappAccount account() {
  core::WhatsappAccount account;
  account.transport = "twilio";
  account.account_sid = "AC0123456789abcdef0123456789abcdef";
  account.from = "+14155238886";
  return account;
}

std::unique_ptr<http::Provider> provider() {
  return whatsapp::make_twilio_whatsapp_provider(account(), core::Secret{"canary5f0c"});
}

Message text_message(std::string text = "Hola Ana") {
  Message message;
  message.token = 5;
  message.recipient = "+56912345678";
  message.text = std::move(text);
  return message;
}

Message template_message(std::string content_sid = "HX1") {
  auto message = text_message();
  message.whatsapp = core::WhatsappMessage{
      "aviso",
      "es",
      core::WhatsappTemplate::Header{core::WhatsappMedia::document, "https://h.example/f.pdf", "f.pdf"},
      {{"nombre", "Ana \"la jefa\""}, {"total", "$45.990"}},
      {{core::WhatsappButton::url, "1042"}},
      std::move(content_sid)};
  return message;
}

http::Verdict judge(const Message& message, int code) {
  return provider()->judge(message, {400, nlohmann::json{{"code", code}, {"message", "m"}}.dump(), {}});
}

}  // namespace

TEST_CASE("a text goes out between WhatsApp addresses") {
  CHECK(whatsapp::twilio_form(account(), text_message()) ==
        Form{{"To", "whatsapp:+56912345678"}, {"From", "whatsapp:+14155238886"}, {"Body", "Hola Ana"}});
  auto pooled = account();
  pooled.from.clear();
  pooled.messaging_service = "MG1";
  pooled.status_callback = "https://h.example/twilio";
  CHECK(whatsapp::twilio_form(pooled, text_message()) == Form{{"To", "whatsapp:+56912345678"},
                                                              {"MessagingServiceSid", "MG1"},
                                                              {"StatusCallback", "https://h.example/twilio?attempt=5"},
                                                              {"Body", "Hola Ana"}});
}

TEST_CASE("a template goes out as content with numbered variables: body, header, buttons") {
  CHECK(
      whatsapp::twilio_form(account(), template_message()) ==
      Form{{"To", "whatsapp:+56912345678"},
           {"From", "whatsapp:+14155238886"},
           {"ContentSid", "HX1"},
           {"ContentVariables", R"({"1":"Ana \"la jefa\"","2":"$45.990","3":"https://h.example/f.pdf","4":"1042"})"}});
  auto bare = template_message();
  bare.whatsapp = core::WhatsappMessage{"aviso", "es", {}, {}, {}, "HX1"};
  CHECK(whatsapp::twilio_form(account(), bare) ==
        Form{{"To", "whatsapp:+56912345678"}, {"From", "whatsapp:+14155238886"}, {"ContentSid", "HX1"}});
}

TEST_CASE("the request goes to the account's messages") {
  const auto made = provider()->request(template_message());
  const auto& request = std::get<http::Request>(made);
  CHECK(request.url == "https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json");
  CHECK(request.basic_password.reveal() == "canary5f0c");
  CHECK(request.body.find("canary") == std::string::npos);
}

TEST_CASE("a template without a name at Twilio is refused like one that is not approved") {
  const auto outcome = std::get<Outcome>(provider()->request(template_message("")));
  REQUIRE(std::holds_alternative<TemplateRefused>(outcome));
  CHECK(std::get<TemplateRefused>(outcome).reply.text == "the template aviso has no content_sid in es");
}

TEST_CASE("Twilio takes shorter texts than Meta") {
  CHECK(std::holds_alternative<http::Request>(provider()->request(text_message(std::string(1600, 'a')))));
  CHECK(std::holds_alternative<Outcome>(provider()->request(text_message(std::string(1601, 'a')))));
}

TEST_CASE("a closed window makes a template of a text, and is the end of a template") {
  CHECK(std::get<Deferred>(judge(text_message(), 63016).outcome).scope == Deferred::Scope::window);
  CHECK(std::get<Rejected>(judge(template_message(), 63016).outcome).reason == Rejected::Reason::message);
  CHECK(std::get<Rejected>(judge(text_message(), 63003).outcome).reason == Rejected::Reason::address);
  CHECK(judge(text_message(), 63007).standing.state == Standing::State::blocked);
  CHECK(judge(text_message(), 63018).standing.state == Standing::State::paused);
}

TEST_CASE("a text whose answer was lost can be looked for, a template cannot") {
  Lookup lookup;
  lookup.message = text_message();
  lookup.started_at = *core::parse_instant("2026-11-22T12:00:00Z");
  REQUIRE(provider()->lookup_request(lookup));
  CHECK(provider()->lookup_request(lookup)->url.ends_with("/Messages.json?To=whatsapp%3A%2B56912345678&PageSize=50"));
  const nlohmann::json list{{"messages",
                             {{{"sid", "SM1"},
                               {"direction", "outbound-api"},
                               {"to", "whatsapp:+56912345678"},
                               {"body", "Hola Ana"},
                               {"date_created", "Sun, 22 Nov 2026 12:00:02 +0000"}}}}};
  const auto page = provider()->read_lookup(lookup, {200, list.dump(), {}});
  REQUIRE(page);
  CHECK(page->ids == std::vector<std::string>{"SM1"});
  lookup.message = template_message();
  CHECK_FALSE(provider()->lookup_request(lookup));
}
