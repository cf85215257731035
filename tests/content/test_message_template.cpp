#include "content/message_template.hpp"

#include "support/catch.hpp"

using namespace egarage;
using content::MessageTemplate;

namespace {

const content::TextKey key = *content::parse_text_key("documento_creado.es");

std::string parse_error(std::string_view text) {
  try {
    MessageTemplate::parse(key, "es/prueba.md", text);
  } catch (const tmpl::TemplateError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("a message template is a subject line, an empty line and a body") {
  const auto message =
      MessageTemplate::parse(key, "m", "subject: Hola {{ a }}\n\nCuerpo {{ a }}\n").render({{"a", "x"}}, {});
  CHECK(message.subject == "Hola x");
  CHECK(message.body == "Cuerpo x");
}

TEST_CASE("a message template of another shape is refused where it goes wrong") {
  CHECK(parse_error("Hola\n\nCuerpo").find("es/prueba.md:1:1: ") == 0);
  CHECK(parse_error("subject: Hola\nCuerpo").find("es/prueba.md:2:1: ") == 0);
  CHECK(parse_error("subject: Hola").find("es/prueba.md:2:1: ") == 0);
}

TEST_CASE("errors name the line and column of the file") {
  CHECK(parse_error("subject: {{ a|sinfiltro }}\n\nCuerpo").find("es/prueba.md:1:") == 0);
  CHECK(parse_error("subject: Hola\n\nUno\nDos {% if %}x{% endif %}\n").find("es/prueba.md:4:") == 0);
}

TEST_CASE("line breaks in values cannot break the subject") {
  const auto message =
      MessageTemplate::parse(key, "m", "subject: {{ a }}\n\n.").render({{"a", "uno\r\nBcc: x@y\u2028dos"}}, {});
  CHECK(message.subject == "uno Bcc: x@y dos");
}

TEST_CASE("an absurdly long subject is cut between characters") {
  std::string name;
  for (int i = 0; i < 5000; ++i) name += "ñ";
  const auto message = MessageTemplate::parse(key, "m", "subject: {{ a }}\n\n.").render({{"a", name}}, {});
  CHECK(message.subject.size() <= 988);
  CHECK(message.subject.ends_with("ñ"));
}

TEST_CASE("what unmet conditions leave behind is tidied away") {
  const auto parsed = MessageTemplate::parse(
      key, "m", "subject: s\n\n{% if a %}A{% endif %}\n\nuno \n\n{% if a %}A{% endif %}\n\n\ndos\n\n");
  CHECK(parsed.render(nlohmann::json::object(), {}).body == "uno\n\ndos");
}

TEST_CASE("texts for SMS and WhatsApp need no subject, and may have one") {
  for (const char* name : {"documento_creado.sms.es", "documento_creado.whatsapp.en"}) {
    const auto short_key = *content::parse_text_key(name);
    CHECK(MessageTemplate::parse(short_key, "m", "Hola {{ a }}\n").render({{"a", "x"}}, {}).body == "Hola x");
    const auto with_subject = MessageTemplate::parse(short_key, "m", "subject: A\n\nB").render({}, {});
    CHECK(with_subject.subject == "A");
    CHECK(with_subject.body == "B");
  }
}

TEST_CASE("a part is a body from its first line on, without the line break that ends its file") {
  const auto part = MessageTemplate::parse(*content::parse_text_key("firma.es"), "m", "subject: uno\n");
  CHECK_FALSE(part.subject());
  CHECK(part.body().render({}, {}) == "subject: uno");
}
