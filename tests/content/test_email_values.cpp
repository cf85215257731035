#include "composed_email.hpp"
#include "content/message.hpp"
#include "support/catch.hpp"

using namespace egarage;
using core::Event;
using core::Language;
using test::compose;
using test::count;
using test::has;

TEST_CASE("markup in a company's name stays text") {
  auto company = test::chilean_company();
  company.name = "O'Higgins & Cía <script>alert(1)</script> {{ x }}\r\nBcc: a@b";
  company.address = "\"><img src=x onerror=alert(1)>";
  const auto body = compose("x", company);
  CHECK_FALSE(has(body.html, "<script"));
  CHECK_FALSE(has(body.html, "<img"));
  CHECK(has(body.html, "&lt;script&gt;"));
  CHECK(has(body.html, "{{ x }}"));
  CHECK(has(body.text, "O'Higgins & Cía <script>alert(1)</script> {{ x }} Bcc: a@b\n"));
}

TEST_CASE("HTML and dangerous links in the Markdown have no effect") {
  const auto html =
      compose(
          "<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](data:text/html,x) <img src=x onerror=y>\n\n"
          "[c](vbscript:x) [d](https://e.example/\"onclick=\"x)")
          .html;
  for (const auto* bad : {"<script>", "javascript:", "data:text", "onerror", "vbscript", "\"onclick"}) {
    INFO(bad);
    CHECK_FALSE(has(html, bad));
  }
}

TEST_CASE("what a customer is called can be anything, and stays what it is") {
  const std::string names[] = {
      "O'Higgins & Cía",
      "<script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      "**x** __y__ *z* `q` ~~w~~",
      "[a](javascript:alert(1))",
      "![a](https://evil.example/pixel.png)",
      "<https://evil.example>",
      "[a]: https://evil.example",
      "# grande",
      "1. uno",
      "- uno",
      "> cita",
      "&lt;b&gt; &amp; &copy; &#64;",
      "\\*x\\*",
      "{{ empresa.email }} {% if x %}",
      "a_b_c d|e",
      "=====",
      "| a | b |",
      "🚗 Paz 🔧",
      "دانا",
  };
  const content::Catalogue catalogue;
  const auto company = test::chilean_company();
  const auto plain =
      compose(test::rendered(catalogue, Event::pago_pendiente, core::Channel::email, Language::es, company,
                             test::context_for(company, Event::pago_pendiente, {{"recipient", {{"nombre", "Ana"}}}}))
                  .body);
  for (const auto& name : names) {
    INFO(name);
    const nlohmann::json objects{{"recipient", {{"nombre", name}}}};
    const auto context = test::context_for(company, Event::pago_pendiente, objects);
    const auto message =
        test::rendered(catalogue, Event::pago_pendiente, core::Channel::email, Language::es, company, context);
    const auto body = compose(message.body);
    CHECK(has(body.text, "Hola " + name + ":\n"));
    CHECK(count(body.html, "<") == count(plain.html, "<"));  // no element more than without it
  }
}

TEST_CASE("a name is as literal at the start of a line as inside one") {
  const std::string names[] = {
      "# grande", "1. uno", "- uno", "+ uno", "> cita", "=====", "---", "1) uno", "    sangría", "```", "~~~", "* * *"};
  const content::Catalogue catalogue;
  const auto company = test::chilean_company();
  for (const auto& name : names) {
    INFO(name);
    // The description of this event stands alone on a line.
    const nlohmann::json objects{{"datos", {{"descripcion", name}}}};
    const auto context = test::context_for(company, Event::revision_vehiculo, objects);
    const auto body = compose(
        test::rendered(catalogue, Event::revision_vehiculo, core::Channel::email, Language::es, company, context).body);
    const auto start = name.find_first_not_of(' ');
    CHECK(has(body.text, "\n" + name.substr(start) + "\n"));
    CHECK(count(body.html, "class=\"box\"") == 1);  // of the workshop's address
    for (const auto* element : {"<h1", "<h2", "<ol", "<ul", "<li", "<blockquote", "<pre", "<hr", "<code"}) {
      INFO(element);
      CHECK_FALSE(has(body.html, element));
    }
  }
}

TEST_CASE("subjects are not HTML-escaped, titles are") {
  const content::Catalogue catalogue;
  auto company = test::chilean_company();
  company.name = "O'Higgins & Cía <b>**x**</b>";
  const auto context = test::context_for(company, Event::documento_creado, nlohmann::json::object());
  const auto message =
      test::rendered(catalogue, Event::documento_creado, core::Channel::email, Language::es, company, context);
  CHECK(message.subject == "Documento de O'Higgins & Cía <b>**x**</b>");
  const content::EmailComposer composer;
  const auto body = composer.compose(message.subject, message.body, content::brand_of(company), Event::documento_creado,
                                     Language::es, "");
  CHECK(has(body.html, "<title>Documento de O'Higgins &amp; Cía &lt;b&gt;**x**&lt;/b&gt;</title>"));
}
