#include "content/message.hpp"

#include "core/error.hpp"
#include "sample_company.hpp"
#include "support/catch.hpp"

using namespace egarage;
using content::Catalogue;
using content::Level;
using content::Shelf;
using core::Channel;
using core::Event;
using core::Language;

namespace {

struct Text {
  const char* key;
  const char* text;
};

std::shared_ptr<const Shelf> shelf(Level level, std::initializer_list<Text> texts) {
  auto made = std::make_shared<Shelf>(level, level == Level::company ? "taller-sur" : "");
  for (const auto& [key, text] : texts) made->put(*content::parse_text_key(key), text);
  return made;
}

std::string body(const Catalogue& catalogue, Channel channel, std::optional<Language> recipient,
                 Event event = Event::pago_pendiente) {
  const auto company = test::chilean_company();
  return catalogue
      .render(event, channel, content::languages_for(recipient, company), {{"cliente", {{"nombre", "Ana"}}}},
              {"CLP", core::TimeZone::utc(), core::Instant{}})
      .body;
}

std::string error_of(const Catalogue& catalogue) {
  try {
    return body(catalogue, Channel::email, Language::es);
  } catch (const core::Error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("the languages to try are the recipient's, the company's and the country's, each once") {
  const auto chilean = test::chilean_company();
  auto american = test::american_company();
  CHECK(content::languages_for(std::nullopt, chilean) == std::vector{Language::es});
  CHECK(content::languages_for(Language::en, chilean) == std::vector{Language::en, Language::es});
  american.language = Language::es;
  CHECK(content::languages_for(std::nullopt, american) == std::vector{Language::es, Language::en});
}

TEST_CASE("the nearest text wins, and on its shelf the one for the channel") {
  const Catalogue catalogue{{shelf(Level::company, {{"pago_pendiente.es", "subject: s\n\nsur {{ cliente.nombre }}"},
                                                    {"pago_pendiente.sms.es", "sur sms"}}),
                             shelf(Level::platform, {{"pago_pendiente.whatsapp.es", "plataforma whatsapp"},
                                                     {"pago_pendiente.es", "subject: s\n\nplataforma"}}),
                             shelf(Level::product, {{"pago_pendiente.es", "subject: s\n\nproducto"},
                                                    {"pago_pendiente.en", "subject: s\n\nproduct"}})}};
  CHECK(body(catalogue, Channel::email, Language::es) == "sur Ana");
  CHECK(body(catalogue, Channel::sms, Language::es) == "sur sms");
  // A text of the company's own for all channels stands before a farther one for the channel.
  CHECK(body(catalogue, Channel::whatsapp, Language::es) == "sur Ana");
}

TEST_CASE("a text in the recipient's language comes before a nearer one in another") {
  const Catalogue catalogue{{shelf(Level::company, {{"pago_pendiente.es", "subject: s\n\nsur"}}),
                             shelf(Level::product, {{"pago_pendiente.es", "subject: s\n\nproducto"},
                                                    {"pago_pendiente.en", "subject: s\n\nproduct"}})}};
  CHECK(body(catalogue, Channel::email, Language::en) == "product");
}

TEST_CASE("where a language has no text, the company's language stands in, with its words for dates") {
  const Catalogue catalogue{
      {shelf(Level::product, {{"pago_pendiente.es", "subject: s\n\n{{ '2026-12-01'|date:'F' }} {% include 'firma' %}"},
                              {"firma.es", "Saludos\n"},
                              {"firma.en", "Regards\n"}})}};
  CHECK(body(catalogue, Channel::email, Language::en) == "Diciembre Saludos");
  const auto company = test::chilean_company();
  CHECK(catalogue
            .render(Event::pago_pendiente, Channel::email, content::languages_for(Language::en, company), {},
                    {"CLP", core::TimeZone::utc(), core::Instant{}})
            .language == Language::es);
}

TEST_CASE("a company may replace a part of the product's texts, for one channel or for all") {
  const Catalogue catalogue{
      {shelf(Level::company, {{"firma.es", "Los del *Sur*"}, {"firma.sms.es", "Sur"}}),
       shelf(Level::product,
             {{"pago_pendiente.es", "subject: s\n\nHola\n{% include \"firma\" %}"}, {"firma.es", "Saludos\n"}})}};
  CHECK(body(catalogue, Channel::email, Language::es) == "Hola\nLos del *Sur*");
  CHECK(body(catalogue, Channel::sms, Language::es) == "Hola\nSur");
  CHECK(body(catalogue, Channel::whatsapp, Language::es) == "Hola\nLos del _Sur_");
}

TEST_CASE("what the platform tells an administrator cannot be worded by the company") {
  const Catalogue catalogue{
      {shelf(Level::company, {{"suscripcion_vence.es", "subject: s\n\nsur"}, {"firma.es", "sur"}}),
       shelf(Level::product,
             {{"suscripcion_vence.es", "subject: s\n\n{% include 'firma' %}"}, {"firma.es", "E-Garage"}})}};
  CHECK(body(catalogue, Channel::email, Language::es, Event::suscripcion_vence) == "E-Garage");
}

TEST_CASE("names of parts are keys: no path leads anywhere") {
  for (const std::string name : {"../es/_firma", "/etc/passwd", "C:\\\\x", "es/_firma.md", "..", "firma.es", "%2e"}) {
    const std::string text = "subject: s\n\n{% include \"" + name + "\" %}";
    const Catalogue catalogue{{shelf(Level::product, {{"pago_pendiente.es", text.c_str()}, {"firma.es", "x"}})}};
    CAPTURE(name);
    CHECK(error_of(catalogue).find("es/pago_pendiente.md:3:1: ") == 0);
  }
}

TEST_CASE("a broken text disturbs only the messages made of it") {
  const Catalogue catalogue{{shelf(Level::company, {{"pago_pendiente.es", "subject: s\n\n{% if %}"}}),
                             shelf(Level::product, {{"pago_pendiente.es", "subject: s\n\nproducto"},
                                                    {"cliente_inactivo.es", "subject: s\n\nbien"}})}};
  CHECK(error_of(catalogue).find("taller-sur/es/pago_pendiente.md:3:1: ") == 0);
  CHECK(body(catalogue, Channel::email, Language::es, Event::cliente_inactivo) == "bien");
}

TEST_CASE("texts are named by event, channel and language, and stand in files accordingly") {
  const std::pair<const char*, const char*> rows[] = {{"documento_creado.es", "es/documento_creado.md"},
                                                      {"documento_creado.sms.en", "en/documento_creado.sms.md"},
                                                      {"firma.es", "es/_firma.md"},
                                                      {"firma.whatsapp.es", "es/_firma.whatsapp.md"},
                                                      {"layout.html", "layout/email.html"},
                                                      {"layout.txt", "layout/email.txt"}};
  for (const auto& [written, path] : rows) {
    const auto key = content::parse_text_key(written);
    REQUIRE(key);
    CHECK(content::to_string(*key) == written);
    CHECK(content::path_of(*key) == path);
    CHECK(content::text_key_of_path(path) == key);
  }
  CHECK(content::parse_text_key("DOCUMENTO_CREADO.SMS.ES") == content::parse_text_key("documento_creado.sms.es"));
  for (const char* bad : {"", "firma", "firma.fr", "firma.fax.es", "a.b.c.es", "../x.es", "layout.es", "sms.es", ".es",
                          "layout.html.es", "ñ.es"}) {
    CAPTURE(bad);
    CHECK_FALSE(content::parse_text_key(bad));
  }
  for (const char* bad : {"es/firma.md", "es/_pago_pendiente.md", "es/../x.md", "firma.md", "es/_firma.txt",
                          "es/PAGO_PENDIENTE.md", "whatsapp/es/pago_pendiente.json"}) {
    CAPTURE(bad);
    CHECK_FALSE(content::text_key_of_path(bad));
  }
}
