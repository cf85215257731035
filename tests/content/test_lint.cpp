#include "content/lint/lint.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "content/email_body.hpp"
#include "content/variables.hpp"
#include "sample_company.hpp"
#include "support/catch.hpp"

using namespace egarage;
using content::Finding;
using content::Level;
using content::Severity;
using content::Shelf;

namespace {

/// What lint says of a company's text, beside the product's texts.
std::vector<Finding> findings(const char* key, const std::string& text,
                              content::UnknownVariables unknown = content::UnknownVariables::refused) {
  const auto own = std::make_shared<Shelf>(Level::company, "sur");
  own->put(*content::parse_text_key(key), text);
  const content::Catalogue catalogue{{own, Shelf::of_product()}};
  return content::lint(*content::parse_text_key(key), *own,
                       {catalogue, {test::chilean_company()}, test::platform_identity, core::Instant{}, unknown});
}

/// `error 3:1 sentence`, a line each.
std::string shown(const std::vector<Finding>& list) {
  std::string text;
  for (const auto& finding : list) {
    text += fmt::format("{} {}:{} {}\n", core::name_of(content::severity_names, finding.severity), finding.line,
                        finding.column, finding.sentence);
  }
  return text;
}

std::string message(const std::string& body) { return "subject: Asunto\n\n" + body; }

}  // namespace

TEST_CASE("the product's own texts and layouts are not complained about") {
  const auto shelf = Shelf::of_product();
  const content::Catalogue catalogue{{shelf}};
  const content::LintSurroundings surroundings{catalogue, content::sample_companies(), test::platform_identity,
                                               core::Instant{}};
  CHECK(shelf->texts().size() > 60);
  for (const auto& [key, text] : shelf->texts()) {
    INFO(to_string(key));
    CHECK(shown(content::lint(key, *shelf, surroundings)) == "");
  }
  CHECK(shown(content::missing_translations(*shelf, catalogue)) == "");
}

TEST_CASE("a text that cannot be used is refused with line and column") {
  struct Row {
    const char* key;
    std::string text, found;
  };
  const Row rows[] = {
      {"pago_pendiente.es", "Hola", "error 1:1 the first line must begin with \"subject: \""},
      {"pago_pendiente.es", message("Hola {{ cliente.nombre|uper }}"), "error 3:6 unknown filter 'uper'"},
      {"pago_pendiente.es", message("a\n{% if cliente.nombre %}b"), "error 4:1 the tag 'if' is never closed"},
      {"pago_pendiente.es", message("{{ cliente.nombr }}"), "error 3:1 the variable 'cliente.nombr' is not in"},
      {"pago_pendiente.es", message("{{ usuario.nombre }}"), "error 3:1 the variable 'usuario.nombre' is not in"},
      {"pago_pendiente.es", message("{{ datos.garantia }}"), "error 3:1 the variable 'datos.garantia' is not in"},
      {"pago_pendiente.es", "subject: {{ client }}\n\nx", "error 1:10 the variable 'client' is not in"},
      {"pago_pendiente.es", message("{% include \"frima\" %}"), "error 3:1 there is no text 'frima'"},
      {"pago_pendiente.es", "subject: {{ documento.numero_documento }}\n\nx",
       "error 0:0 the subject is empty with minimal"},
      {"pago_pendiente.es", message("![](https://x.example/a.png)"), "nothing is left of the text without its markup"},
      {"pago_pendiente.es", message("Hola\n\n<table><tr><td>x</td></tr></table>"), "error 5:1 HTML is not shown"},
      {"pago_pendiente.es", message("[pagar](javascript:alert(1))"), "error 3:1 a link to \"javascript:alert(1)\""},
      {"pago_pendiente.es", message("Hola {{ cliente.nombre }"), "error 0:0 readers see \"{{\""},
      {"pago_pendiente.es", message("{{ datos.total|divisibleby:0 }}"), "error 3:1 the filter 'divisibleby' cannot"},
      {"pago_pendiente.sms.es", std::string(1700, 'x'), "as an SMS it takes 1700 characters"},
      {"pago_pendiente.sms.es", "{# nada #}", "the SMS is empty"},
      {"pago_pendiente.whatsapp.es", std::string(4100, 'x'), "as a WhatsApp message it takes 4100 characters of 4096"},
      {"firma.es", "{{ empresa.nombre }}", "error 1:1 the variable 'empresa.nombre' is not in any contract"},
      {"firma.es", "{{ empresa.nombre_taller|date:1|add }}", "error 1:1 "},
      {"layout.html", "<html><head><title>x</title></head><body>{{ resumen }}</body></html>",
       "does not show the message"},
      {"layout.html", "{{ cuerpo|safe }}{{ empresa.nombr }}", "error 1:18 the variable 'empresa.nombr' is not in"},
      {"layout.html", "<!doctype html><title>x</title><b>{{ cuerpo|safe }}<script>1</script>",
       "drop the element <script>"},
      {"layout.html", "<!doctype html><title>x</title>{{ cuerpo|safe }}<img src=\"a.png\" alt=\"a\">",
       "a picture at \"a.png\""},
      {"layout.txt", "{{ asunto }}", "does not show the message"},
  };
  for (const auto& row : rows) {
    const auto found = findings(row.key, row.text);
    INFO(row.key << "\n" << row.text.substr(0, 200) << "\n" << shown(found));
    CHECK(std::ranges::any_of(found, [](const auto& finding) { return finding.severity == Severity::error; }));
    CHECK(shown(found).find(row.found) != std::string::npos);
  }
}

TEST_CASE("a part that does not exist is reported once, with the nearest name") {
  const auto found = findings("pago_pendiente.es", message("{% include \"frima\" %}"));
  REQUIRE(found.size() == 1);
  CHECK(found.front().hint == "did you mean 'firma'?");
}

TEST_CASE("what is only unwise is a warning") {
  struct Row {
    const char* key;
    std::string text, found;
  };
  const Row rows[] = {
      {"pago_pendiente.es", message("Hola **{{ cliente.nombre }}\n\nAdiós"), "readers see a bare \"**\""},
      {"pago_pendiente.es", message("Hola <b>Ana</b>"), "warning 3:1 the tag <b> is left out"},
      {"pago_pendiente.es", "subject: " + std::string(80, 'x') + "\n\nx", "the subject takes 80 characters"},
      {"pago_pendiente.es", message(std::string(500, 'x')), "as an SMS it takes up to 4 segments (500 septets)"},
      {"pago_pendiente.sms.es", "Hola 😀 {{ cliente.nombre }}", "😀 is not in the alphabet of SMS"},
  };
  for (const auto& row : rows) {
    const auto found = findings(row.key, row.text);
    INFO(row.text << "\n" << shown(found));
    REQUIRE(found.size() == 1);
    CHECK(found.front().severity == Severity::warning);
    CHECK(shown(found).find(row.found) != std::string::npos);
  }
}

TEST_CASE("texts that are right are not complained about") {
  const std::pair<const char*, std::string> rows[] = {
      {"pago_pendiente.es", message("Hola {{ cliente.nombre }}: {{ vehiculo }}, {{ datos.total|money }}.")},
      {"mantenimiento_recordatorio.es",
       message("Hola:\n{% for r in datos.recordatorios %}- {{ r.descripcion }}\n{% endfor %}")},
      {"pago_pendiente.es", message("{% with c=cliente %}Hola {{ c.nombre }}{% endwith %}: {% include 'firma' %}")},
      {"pago_pendiente.sms.es", "{{ empresa.nombre_taller }}: {{ datos.total|money }}"},
      {"firma.es", "Los del {{ empresa.nombre_taller }}"},
      {"layout.txt", "{{ cuerpo }}\n{{ empresa.nombre_taller }}"},
  };
  for (const auto& [key, text] : rows) {
    INFO(text);
    CHECK(shown(findings(key, text)) == "");
  }
}

TEST_CASE("variables that the host adds are accepted on demand, and still mentioned") {
  const auto found =
      findings("pago_pendiente.es", message("{{ datos.garantia_meses }} Hola"), content::UnknownVariables::allowed);
  REQUIRE(found.size() == 1);
  CHECK(found.front().severity == Severity::warning);
}

TEST_CASE("a text that lacks a translation is mentioned, with what stands in for it") {
  const auto own = std::make_shared<Shelf>(Level::company, "sur");
  own->put(*content::parse_text_key("pago_pendiente.es"), message("x"));
  own->put(*content::parse_text_key("lema.es"), "x");
  own->put(*content::parse_text_key("firma.es"), "x");
  own->put(*content::parse_text_key("firma.en"), "x");
  const content::Catalogue catalogue{{own, Shelf::of_product()}};
  const auto found = content::missing_translations(*own, catalogue);
  REQUIRE(found.size() == 2);
  CHECK(found[0].file == "sur/es/_lema.md");
  CHECK(found[0].sentence == "there is no such text in en: who reads that gets this one");
  CHECK(found[1].sentence == "there is no such text in en: who reads that gets the product's");
  CHECK(found[1].hint == "egarage-notify template set PAGO_PENDIENTE --lang en --company sur FILE");
}

TEST_CASE("hostile texts are refused in time, and cost no memory") {
  std::string ifs;
  for (int i = 0; i < 10'000; ++i) ifs += "{% if a %}";
  const std::pair<const char*, std::string> rows[] = {
      {"pago_pendiente.es", message(std::string(10 * 1024 * 1024, 'x'))},
      {"pago_pendiente.es", message(ifs)},
      {"pago_pendiente.es", message("{% include 'pago_pendiente' %}")},
      {"firma.es", "{% include 'firma' %}"},
      {"pago_pendiente.es", message("\xff\xfe")},
      {"pago_pendiente.es", message("{{ empresa.nombre_taller|ljust:1000000000 }}")},
  };
  for (const auto& [key, text] : rows) {
    INFO(text.substr(0, 100));
    const auto found = findings(key, text);
    REQUIRE(!found.empty());
    CHECK(found.front().severity == Severity::error);
  }
}
