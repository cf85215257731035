#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

TEST_CASE("every currency of the Americas, and the euro, is written as at home") {
  struct Written {
    std::string_view currency, amount;
  };
  for (const auto& [currency, amount] : std::initializer_list<Written>{
           {"ARS", "$1.234.567,50"},
           {"BOB", "Bs\u00A01.234.567,50"},
           {"BRL", "R$\u00A01.234.567,50"},
           {"CAD", "$1,234,567.50"},
           {"CLP", "$1.234.568"},
           {"COP", "$1.234.568"},
           {"CRC", "₡1.234.568"},
           {"DOP", "RD$\u00A01,234,567.50"},
           {"EUR", "1.234.567,50\u00A0€"},
           {"GTQ", "Q\u00A01,234,567.50"},
           {"HNL", "L\u00A01,234,567.50"},
           {"MXN", "$1,234,567.50"},
           {"NIO", "C$\u00A01,234,567.50"},
           {"PAB", "B/.\u00A01,234,567.50"},
           {"PEN", "S/\u00A01,234,567.50"},
           {"PYG", "Gs.\u00A01.234.568"},
           {"USD", "$1,234,567.50"},
           {"UYU", "$1.234.567,50"},
           {"VES", "Bs.\u00A01.234.567,50"},
           {"GBP", "1,234,567.50\u00A0GBP"},
       }) {
    INFO(currency);
    auto options = plain();
    options.currency = currency;
    CHECK(rendered("{{ a|money }}", {{"a", 1234567.5}}, options) == amount);
    CHECK(rendered("{{ a|money }}", {{"a", "-1234567.5"}}, options) == "-" + std::string(amount));
  }
}

TEST_CASE("what is no amount is no money") {
  check_rows(
      R"~({"l": [1], "d": {"a": 1}, "no": null, "t": true, "e": "", "x": "12 mil", "nan": "nan", "inf": "-inf", "long": "1e300"})~",
      plain(),
      {
          {"{{ l|money }}{{ d|money }}{{ no|money }}{{ t|money }}{{ e|money }}{{ x|money }}{{ missing|money }}", ""},
          {"{{ nan|money }}{{ inf|money }}{{ long|money }}", ""},
          {R"~({{ " 12 "|money }} {{ "1_000"|money }} {{ "+7"|money }} {{ "-0.4"|money }} {{ "1e3"|money }})~",
           "$12 $1.000 $7 $0 $1.000"},
          {R"~({{ "1,5"|money }}{{ "$5"|money }}{{ "--5"|money }})~", ""},
          {"{{ 0|money }} {{ 0.5|money }} {{ 1.4999|money }} {{ -1000|money }}", "$0 $1 $1 -$1.000"},
      });
}

TEST_CASE("phones of Chile and the United States are written as at home, others stay as they are") {
  check_rows(R"~({"n": 961234567, "no": null})~", plain(),
             {
                 {R"~({{ "+56961234567"|phone }})~", "9 6123 4567"},
                 {R"~({{ "56 2 23456789"|phone }})~", "2 2345 6789"},
                 {R"~({{ "+56 45 221 3344"|phone }})~", "45 221 3344"},
                 {R"~({{ "+56 (61) 2212345"|phone }})~", "61 221 2345"},
                 {R"~({{ "+13055550142"|phone }})~", "(305) 555-0142"},
                 {R"~({{ "1-305-555-0142"|phone }})~", "(305) 555-0142"},
                 {"{{ n|phone }}", "9 6123 4567"},
                 {R"~({{ "+54 11 4321 0000"|phone }})~", "+54 11 4321 0000"},
                 {R"~({{ "+56 1 2345 6789"|phone }})~", "+56 1 2345 6789"},
                 {R"~({{ "+56 9 6123 456"|phone }})~", "+56 9 6123 456"},
                 {R"~({{ "9 6123 4567 anexo 2"|phone }})~", "9 6123 4567 anexo 2"},
                 {R"~({{ "12+34"|phone }}|{{ "+"|phone }}|{{ ""|phone }}|{{ no|phone }}|{{ missing|phone }})~",
                  "12+34|+||None|"},
             });
}
