#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

TEST_CASE("values of the context are never parsed again") {
  const nlohmann::json context = {{"a", "{{ secret }}{% if %}{# #}"}, {"secret", "canary"}};
  CHECK(rendered("{{ a }}", context, {}) == "{{ secret }}{% if %}{# #}");
  CHECK(rendered("{% with b=a %}{{ b|upper|lower }}{% endwith %}", context, {}) == "{{ secret }}{% if %}{# #}");
}

TEST_CASE("subjects and SMS are not HTML-escaped, HTML is") {
  const nlohmann::json context = {{"taller", "O'Higgins & Cía <script>"}};
  CHECK(rendered("{{ taller }}", context, plain()) == "O'Higgins & Cía <script>");
  CHECK(rendered("{{ taller }}", context, html()) == "O&#x27;Higgins &amp; Cía &lt;script&gt;");
}

TEST_CASE("a template is parsed once and rendered many times, from one thread's context to the next") {
  const auto hello = Template::parse("t", "Hola {{ nombre }}{% for x in list %} {{ x }}{% endfor %}");
  CHECK(hello.render({{"nombre", "Ana"}, {"list", {1, 2}}}, {}) == "Hola Ana 1 2");
  CHECK(hello.render({{"nombre", "Luis"}}, {}) == "Hola Luis");
  CHECK(hello.render(nlohmann::json(), {}) == "Hola ");
}

TEST_CASE("an object prints its __str__ and does not show it otherwise") {
  check_rows(R"~({"v": {"__str__": "ABCD12 - Yaris", "patente": "ABCD12"}})~", html(),
             {{"{{ v }}", "ABCD12 - Yaris"},
              {"{{ v.patente }}", "ABCD12"},
              {"{{ v|length }}", "1"},
              {"{% for k, x in v.items %}{{ k }}={{ x }};{% endfor %}", "patente=ABCD12;"},
              {"{{ v|upper }}", "ABCD12 - YARIS"},
              {"{% if v %}y{% endif %}", "y"}});
}

TEST_CASE("money is written as the currency's country does") {
  const std::string_view context =
      R"~({"i": 45990, "n": -45990, "f": 1234.5, "h": 0.5, "s": "1234.50", "x": "abc", "none": null, "t": true, "big": "12345678901234567890.995"})~";
  check_rows(context, plain(),
             {{"{{ i|money }}", "$45.990"},
              {"{{ n|money }}", "-$45.990"},
              {"{{ f|money }}", "$1.235"},
              {"{{ h|money }}", "$1"},
              {"{{ -0.4|money }}", "$0"},
              {"{{ s|money }}", "$1.235"},
              {"{{ x|money }}|{{ none|money }}|{{ missing|money }}|{{ t|money }}", "|||"},
              {"{{ 999|money }} {{ 1000000|money }}", "$999 $1.000.000"}});
  auto dollars = plain();
  dollars.currency = "USD";
  check_rows(context, dollars,
             {{"{{ f|money }}", "$1,234.50"},
              {"{{ n|money }}", "-$45,990.00"},
              {"{{ s|money }}", "$1,234.50"},
              {"{{ big|money }}", "$12,345,678,901,234,567,891.00"}});
  auto euros = plain();
  euros.currency = "EUR";
  check_rows(context, euros, {{"{{ f|money }}", "1.234,50\u00A0€"}});
}

TEST_CASE("phone numbers are written as at home") {
  check_rows("{}", plain(),
             {{"{{ \"+56 9 6123 4567\"|phone }}", "9 6123 4567"},
              {"{{ \"+56961234567\"|phone }}", "9 6123 4567"},
              {"{{ \"912345678\"|phone }}", "9 1234 5678"},
              {"{{ \"+56 2 2345 6789\"|phone }}", "2 2345 6789"},
              {"{{ \"41 234 5678\"|phone }}", "41 234 5678"},
              {"{{ \"+1 415 555 0100\"|phone }}", "(415) 555-0100"},
              {"{{ \"(415) 555-0100\"|phone }}", "(415) 555-0100"},
              {"{{ \"4155550100\"|phone }}", "(415) 555-0100"},
              {"{{ \"+44 20 7946 0000\"|phone }}", "+44 20 7946 0000"},
              {"{{ \"llámame\"|phone }}", "llámame"},
              {"{{ \"\"|phone }}", ""}});
}

TEST_CASE("dates without a zone are not shifted, instants are") {
  check_rows(R"~({"day": "2026-11-22", "instant": "2026-11-22T01:30:00Z", "host": "2026-07-22 20:50:03.834"})~",
             shown_in("America/Santiago"),
             {{"{{ day|date:\"d/m/Y\" }}", "22/11/2026"},
              {"{{ instant|date:\"d/m/Y H:i\" }}", "21/11/2026 22:30"},
              {"{{ host|date:\"j \\d\\e F, H:i:s.u\" }}", "22 de Julio, 16:50:03.834000"},
              {"{{ day|date:\"U\" }}", "1795316400"}});
}
