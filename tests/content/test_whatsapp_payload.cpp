#include "content/whatsapp_payload.hpp"

#include "support/catch.hpp"

using namespace egarage;

TEST_CASE("an approved template with its parameters is kept with its notification and read again") {
  core::WhatsappMessage message{
      "egarage_pago_pendiente_v1",
      "es_CL",
      core::WhatsappTemplate::Header{core::WhatsappMedia::document, "https://taller.example/1.pdf", "factura.pdf"},
      {{"nombre_cliente", "Ana \"la jefa\""}, {"total", "$45.990"}},
      {{core::WhatsappButton::url, "1042"}, {core::WhatsappButton::quick_reply, "BAJA"}},
      "HX0123"};
  CHECK(content::parse_payload(content::to_payload(message)) == message);
  const core::WhatsappMessage bare{"aviso", "en", {}, {}, {}, {}};
  CHECK(content::parse_payload(content::to_payload(bare)) == bare);
}

TEST_CASE("what is no payload is read as none") {
  const std::string_view text = GENERATE("", "{", "[]", R"({"name":1,"language":"es"})", R"({"language":"es"})",
                                         R"({"name":"a","language":"es","buttons":[{"kind":"phone","text":"1"}]})",
                                         R"({"name":"a","language":"es","buttons":[{"kind":"url"}]})",
                                         R"({"name":"a","language":"es","buttons":[{"text":"1"}]})",
                                         R"({"name":"a","language":"es","body":[{"name":"b"}]})",
                                         R"({"name":"a","language":"es","body":{"text":"b"}})",
                                         R"({"name":"a","language":"es","header":{"media":"image"}})",
                                         R"({"name":"a","language":"es","header":[{"link":"b"}]})",
                                         R"([{"name":"a","language":"es"}])", R"({"a":{"name":"a","language":"es"}})",
                                         R"({"name":"a","language":"es"} )"
                                         "x");
  CHECK_FALSE(content::parse_payload(text));
}
