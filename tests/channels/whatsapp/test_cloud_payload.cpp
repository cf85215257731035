#include "channels/whatsapp/cloud_payload.hpp"

#include "channels/whatsapp/fault.hpp"
#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels;
using core::WhatsappButton;
using core::WhatsappMedia;
using core::WhatsappMessage;
using core::WhatsappTemplate;
using whatsapp::cloud_payload;
using whatsapp::fault_before_sending;

namespace {

Message with_template(WhatsappMessage approved) {
  Message message;
  message.token = 4711;
  message.recipient = "+56912345678";
  message.text = "not sent";
  message.whatsapp = std::move(approved);
  return message;
}

Message with_text(std::string text) {
  Message message;
  message.token = 4711;
  message.recipient = "+56912345678";
  message.text = std::move(text);
  return message;
}

const std::string head = R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"+56912345678",)";
const std::string tail = R"("biz_opaque_callback_data":"4711"})";

std::string reason(const Message& message) {
  const auto fault = fault_before_sending(message);
  if (!fault) return "";
  const auto& rejected = std::get<Rejected>(*fault);
  CHECK(rejected.reply.phase == Phase::request);
  return (rejected.reason == Rejected::Reason::address ? "address: " : "message: ") + rejected.reply.text;
}

}  // namespace

TEST_CASE("a template goes out with its parameters as Meta's page shows them") {
  const WhatsappTemplate::Header document{WhatsappMedia::document, "https://h.example/f.pdf", "f.pdf"};
  struct Row {
    WhatsappMessage approved;
    std::string object;
  };
  const std::vector<Row> rows{
      {{"aviso", "es", {}, {}, {}, {}}, R"({"name":"aviso","language":{"code":"es"}})"},
      {{"aviso", "es_CL", {}, {{"", "Ana"}, {"", "Toyota \"Yaris\""}}, {}, {}},
       R"({"name":"aviso","language":{"code":"es_CL"},"components":[{"type":"body","parameters":[)"
       R"({"type":"text","text":"Ana"},{"type":"text","text":"Toyota \"Yaris\""}]}]})"},
      {{"aviso", "es", {}, {{"nombre", "Ana ñ"}}, {}, {}},
       R"({"name":"aviso","language":{"code":"es"},"components":[{"type":"body","parameters":[)"
       R"({"type":"text","parameter_name":"nombre","text":"Ana ñ"}]}]})"},
      {{"aviso", "en_US", document, {}, {}, {}},
       R"({"name":"aviso","language":{"code":"en_US"},"components":[{"type":"header","parameters":[)"
       R"({"type":"document","document":{"link":"https://h.example/f.pdf","filename":"f.pdf"}}]}]})"},
      {{"aviso", "es", WhatsappTemplate::Header{WhatsappMedia::document, "https://h.example/f.pdf", ""}, {}, {}, {}},
       R"({"name":"aviso","language":{"code":"es"},"components":[{"type":"header","parameters":[)"
       R"({"type":"document","document":{"link":"https://h.example/f.pdf"}}]}]})"},
      {{"aviso", "es", WhatsappTemplate::Header{WhatsappMedia::image, "https://h.example/i.jpg", ""}, {}, {}, {}},
       R"({"name":"aviso","language":{"code":"es"},"components":[{"type":"header","parameters":[)"
       R"({"type":"image","image":{"link":"https://h.example/i.jpg"}}]}]})"},
      {{"aviso", "es", {}, {}, {{WhatsappButton::url, "1042"}, {WhatsappButton::quick_reply, "STOP"}}, {}},
       R"({"name":"aviso","language":{"code":"es"},"components":[)"
       R"({"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1042"}]},)"
       R"({"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"STOP"}]}]})"},
      {{"aviso", "es", document, {{"", "Ana"}}, {{WhatsappButton::url, "1042"}}, "HX1"},
       R"({"name":"aviso","language":{"code":"es"},"components":[{"type":"header","parameters":[)"
       R"({"type":"document","document":{"link":"https://h.example/f.pdf","filename":"f.pdf"}}]},)"
       R"({"type":"body","parameters":[{"type":"text","text":"Ana"}]},)"
       R"({"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1042"}]}]})"},
  };
  for (const auto& [approved, object] : rows) {
    const auto message = with_template(approved);
    CHECK(reason(message).empty());
    CHECK(cloud_payload(message) == head + R"("type":"template","template":)" + object + "," + tail);
  }
}

TEST_CASE("a text goes out as it is, without a preview of its links") {
  CHECK(cloud_payload(with_text("Hola *Ana*\n1 < 2 & \"x\"")) ==
        head + R"("type":"text","text":{"preview_url":false,"body":"Hola *Ana*\n1 < 2 & \"x\""},)" + tail);
  CHECK(cloud_payload(with_text("a\xff")) ==
        head + R"("type":"text","text":{"preview_url":false,"body":"a�"},)" + tail);
}

TEST_CASE("what Meta would refuse is refused before it is asked") {
  std::string accented;
  for (int i = 0; i < 4096; ++i) accented += "á";
  CHECK(reason(with_text(accented)).empty());
  CHECK(reason(with_text(accented + "a")) == "message: the text has 4097 characters, WhatsApp takes 4096");
  CHECK(reason(with_text(" \n ")) == "message: the message has no text");
  for (const std::string number : {"", "56912345678", "+0569123456", "+569 1234 5678", "+123456", "+12345678901234567",
                                   "ana@example.cl", "+5691234567a"}) {
    INFO(number);
    auto message = with_text("Hola");
    message.recipient = number;
    CHECK(reason(message) == "address: the recipient is no number with + and country code");
  }
  const auto body = [](std::vector<WhatsappTemplate::Parameter> parameters) {
    return reason(with_template({"aviso", "es", {}, std::move(parameters), {}, {}}));
  };
  CHECK(body({{"a", "x"}, {"", "y"}}) == "message: some of the template's parameters have names and some have none");
  CHECK(body({{"", "x"}, {"", " "}}) == "message: parameter 2 is empty");
  CHECK(body({{"total", "a\nb"}}) == "message: the parameter total holds a line break or a tab");
  CHECK(body({{"total", "a     b"}}) == "message: the parameter total holds more than four blanks in a row");
  CHECK(reason(with_template({"Aviso", "es", {}, {}, {}, {}})) ==
        "message: the template's name is none that Meta approves");
  CHECK(reason(with_template({"aviso", "", {}, {}, {}, {}})) == "message: the template has no language");
  CHECK(reason(with_template(
            {"aviso", "es", WhatsappTemplate::Header{WhatsappMedia::image, "http://h/i", ""}, {}, {}, {}})) ==
        "message: the header's link is not https");
  CHECK(reason(with_template({"aviso", "es", {}, {}, {{WhatsappButton::url, ""}}, {}})) ==
        "message: the parameter of button 1 is empty");
  CHECK(reason(with_template(
            {"aviso", "es", {}, {}, std::vector<WhatsappTemplate::Button>(11, {WhatsappButton::url, "x"}), {}})) ==
        "message: there are more than 10 buttons");
}
