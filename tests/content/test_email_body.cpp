#include "content/email_body.hpp"

#include <cstdio>
#include <ctime>

#include "composed_email.hpp"
#include "content/message.hpp"
#include "support/catch.hpp"

using namespace egarage;
using core::Event;
using core::Language;
using test::compose;
using test::count;
using test::has;

namespace {

/// Of this process, so that a busy machine changes little.
double cpu_microseconds() { return static_cast<double>(std::clock()) * 1e6 / CLOCKS_PER_SEC; }

}  // namespace

TEST_CASE("an e-mail is a whole HTML document and the same words as text") {
  const auto body = compose("Hola **Ana**:\n\nuno\ndos");
  CHECK(body.html.starts_with("<!doctype html>"));
  CHECK(body.html.ends_with("</html>\n"));
  CHECK(has(body.html, "<html lang=\"es\""));
  CHECK(has(body.html, "<title>Asunto</title>"));
  CHECK(has(body.html, ">Ana</strong>"));
  CHECK(has(body.html, "uno<br />\ndos"));
  CHECK(body.text.starts_with("Hola Ana:\n\nuno\ndos\n"));
}

TEST_CASE("an e-mail carries the company's name, colour and contact data") {
  const auto body = compose("x");
  for (const std::string part : {"Taller Sur", "+56 2 2555 0101", "contacto@sur.example", "Av. Matta 10, Santiago"}) {
    INFO(part);
    CHECK(has(body.html, part));
    CHECK(has(body.text, part));
  }
  CHECK(has(body.html, "background-color:#b3261e"));
}

TEST_CASE("an e-mail of a company without contact data has no empty lines for it") {
  auto company = test::chilean_company();
  company.phone = company.email = company.address = company.colour = "";
  const auto body = compose("x", company);
  CHECK_FALSE(has(body.html, "mailto:"));
  CHECK_FALSE(has(body.html, "<br>\n<br>\n"));
  CHECK_FALSE(has(body.text, "\n\n\n"));
  CHECK(body.text == "x\n\n-- \nTaller Sur\n");
}

TEST_CASE("notices to an administrator are signed by the platform") {
  const content::EmailComposer composer;
  const auto body = composer.compose("Asunto", "x", content::brand_of(test::platform_identity),
                                     Event::suscripcion_vence, Language::es, "");
  CHECK(has(body.html, "Recibe este mensaje porque administra un taller en E-Garage."));
  CHECK(body.text == "x\n\n-- \nE-Garage\nayuda@egarage.example\n");
}

TEST_CASE("a logo is shown by its https address only") {
  auto company = test::chilean_company();
  company.logo = "https://sur.example/logo.png";
  CHECK(has(compose("x", company).html, "src=\"https://sur.example/logo.png\" alt=\"Taller Sur\""));
  for (const auto* bad : {"http://sur.example/logo.png", "javascript:alert(1)", "data:image/png;base64,AA"}) {
    company.logo = bad;
    CHECK_FALSE(has(compose("x", company).html, "<img"));
  }
}

TEST_CASE("promotional messages show how to stop, others do not") {
  const auto company = test::chilean_company();
  const auto promotional =
      compose("x", company, Event::cliente_inactivo, Language::es, "https://sur.example/baja?a=1&b=2");
  CHECK(has(promotional.html, "href=\"https://sur.example/baja?a=1&amp;b=2\""));
  CHECK(has(promotional.html, "No recibir más promociones"));
  CHECK(has(promotional.text, "No recibir más promociones: https://sur.example/baja?a=1&b=2"));
  const auto english = compose("x", company, Event::cliente_inactivo, Language::en, "mailto:stop@sur.example");
  CHECK(has(english.text, "Stop receiving promotions: mailto:stop@sur.example"));
  const auto transactional = compose("x", company, Event::documento_creado, Language::es, "https://sur.example/baja");
  CHECK_FALSE(has(transactional.html, "sur.example/baja"));
  CHECK_FALSE(has(transactional.text, "sur.example/baja"));
  const auto unsafe = compose("x", company, Event::cliente_inactivo, Language::es, "javascript:alert(1)");
  CHECK_FALSE(has(unsafe.html, "javascript:"));
}

TEST_CASE("the preview line is the first words after the greeting") {
  const auto preview = [](std::string_view markdown) {
    const auto html = compose(markdown).html;
    const auto end = html.find("&#847;&zwnj;&nbsp;");  // what keeps the message's own words out of the preview
    REQUIRE(end != std::string::npos);
    const auto start = html.rfind('>', end) + 1;
    return html.substr(start, end - start);
  };
  CHECK(preview("Hola Ana:\n\nSu **presupuesto** está listo.\nVéalo <hoy>.") == "Su presupuesto está listo. Véalo .");
  CHECK(preview("Hi Emma,\n\nIt is ready.") == "It is ready.");
  CHECK(preview("¡Hola!\n\nEstá listo.") == "Está listo.");
  CHECK(preview("Su auto está listo.\n\nVenga hoy.") == "Su auto está listo. Venga hoy.");
  CHECK(preview("Hola:") == "Hola:");
  CHECK(preview("Hola:\n\n> Total: **$5**\n> Fecha: hoy") == "Total: $5 Fecha: hoy");
  std::string long_one;
  while (long_one.size() < 300) long_one += "año ";
  CHECK(preview(long_one).size() < 145);
  CHECK(preview(long_one).ends_with("año…"));
}

TEST_CASE("a quote is a box, a link alone in its paragraph is a button") {
  const auto html =
      compose("> Total: **$5**\n\n[Llamar](tel:+56225550101)\n\n---\n\nVea [esto](https://e.example).").html;
  CHECK_FALSE(has(html, "<blockquote"));
  CHECK_FALSE(has(html, "<hr"));
  CHECK(count(html, "class=\"box\"") == 1);
  CHECK(count(html, "class=\"button\"") == 1);
  CHECK(has(html, "text-decoration:none;mso-padding-alt:0\" href=\"tel:+56225550101\">Llamar</a></td>"));
  CHECK(has(html, "text-decoration:underline\" href=\"https://e.example\">esto</a>"));
  CHECK(count(html, "<table") == count(html, "</table>"));
  CHECK(count(html, "<td") == count(html, "</td>"));
}

TEST_CASE("a link that leads nowhere is no button") {
  for (const auto* markdown :
       {"[x](javascript:alert(1))", "[x]()", "[x](https://e.example) y", "y [x](https://e.example)",
        "[x](https://e.example)\n[y](https://e.example)", "![x](https://e.example/x.png)"}) {
    INFO(markdown);
    CHECK_FALSE(has(compose(markdown).html, "class=\"button\""));
  }
}

TEST_CASE("each message of a run is its own, whoever was served before") {
  auto other = test::chilean_company();
  other.name = "Taller Norte";
  other.colour = "#0a7d4f";
  const auto first = compose("uno");
  const auto second = compose("dos", other);
  const auto third = compose("tres");
  CHECK(has(second.html, "Taller Norte"));
  CHECK_FALSE(has(second.html, "Taller Sur"));
  CHECK_FALSE(has(second.html, "#b3261e"));
  CHECK(has(third.html, "Taller Sur"));
  CHECK(has(third.html, "tres"));
  CHECK_FALSE(has(third.html, "uno"));
  CHECK(compose("uno").html == first.html);
}

TEST_CASE("an e-mail stays far below what mail programs clip") { CHECK(compose("x").html.size() < 12 * 1024); }

TEST_CASE("a message of any length is composed, and the next one is right again") {
  std::string long_one;
  while (long_one.size() < content::longest_message) long_one += "- **uno** dos\n";
  const auto before = compose("Hola **Ana**");
  CHECK(count(compose(long_one).html, "<li") == long_one.size() / 14);
  CHECK(compose("Hola **Ana**").html == before.html);
  CHECK(compose("").text.starts_with("\n\n-- "));
}

TEST_CASE("composing an e-mail takes microseconds", "[.benchmark]") {
  std::string markdown = "Hola **Ana**:\n\n";
  while (markdown.size() < 1500) {
    markdown +=
        "Su **Toyota Corolla** \\(patente BB\\-CL\\-45\\) está listo, y el total es *\\$45.990*.\nVéalo aquí.\n\n";
  }
  const content::EmailComposer composer;
  const auto brand = content::brand_of(test::chilean_company());
  constexpr int rounds = 20'000;
  std::size_t octets = 0;
  const auto start = cpu_microseconds();
  for (int i = 0; i < rounds; ++i) {
    octets += composer.compose("Asunto", markdown, brand, Event::documento_creado, Language::es, "").html.size();
  }
  const auto taken = cpu_microseconds() - start;
  std::printf("compose: %.1f µs each, %zu octets of Markdown, %zu of HTML\n", taken / rounds, markdown.size(),
              octets / rounds);
}

TEST_CASE("rendering a message takes microseconds", "[.benchmark]") {
  const content::Catalogue catalogue;
  const auto company = test::chilean_company();
  const nlohmann::json objects{
      {"recipient", {{"nombre", "Ana"}, {"apellido", "Soto"}}},
      {"vehiculo", {{"patente", "BB-CL-45"}, {"marca", "Toyota"}, {"modelo", "Corolla"}, {"anio", 2018}}},
      {"datos", {{"tipo_mantenimiento", "CORREA_DISTRIBUCION"}, {"fecha_programada", "2026-12-03"}}}};
  const auto zone = *core::TimeZone::locate(company.time_zone);
  const auto now = *core::parse_instant("2026-11-23T01:30:00Z");
  constexpr int rounds = 20'000;
  double context_time = 0, render_time = 0;
  for (int i = 0; i < rounds; ++i) {
    const auto start = cpu_microseconds();
    const auto context =
        content::make_context(objects, company, test::platform_identity, core::Audience::customer, zone, now);
    const auto middle = cpu_microseconds();
    const auto message = test::rendered(catalogue, Event::mantenimiento_recordatorio, core::Channel::email,
                                        Language::es, company, context);
    render_time += cpu_microseconds() - middle;
    context_time += middle - start;
  }
  std::printf("context: %.1f µs, render: %.1f µs\n", context_time / rounds, render_time / rounds);
}
