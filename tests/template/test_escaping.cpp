#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"cliente": {"nombre": "Ana", "apellido": "O'Higgins & Cía <b>", "tags": ["uno", "dos", "tres"]}, "n": 5, "z": 0, "f": 3.5, "t": true, "no": null, "e": "", "l": [1, 2, 3], "m": {"a": 1, "b": "x"}, "s": "Hola", "ff": false, "el": []})~";

}  // namespace

TEST_CASE("escaping follows Django, HTML") {
  check_rows(
      context, html(),
      {
          {"{{ cliente.apellido }}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {"{{ cliente.apellido|safe }}", "O'Higgins & Cía <b>"},
          {"{{ cliente.apellido|escape }}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {"{{ cliente.apellido|force_escape }}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {"{{ cliente.apellido|escape|escape }}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {"{{ cliente.apellido|force_escape|force_escape }}", "O&amp;#x27;Higgins &amp;amp; Cía &amp;lt;b&amp;gt;"},
          {"{{ cliente.apellido|safe|escape }}", "O'Higgins & Cía <b>"},
          {"{{ cliente.apellido|upper }}", "O&#x27;HIGGINS &amp; CÍA &lt;B&gt;"},
          {"{{ cliente.apellido|safe|upper }}", "O&#x27;HIGGINS &amp; CÍA &lt;B&gt;"},
          {"{{ cliente.apellido|safe|lower }}", "o'higgins & cía <b>"},
          {"{{ cliente.apellido|lower }}", "o&#x27;higgins &amp; cía &lt;b&gt;"},
          {R"~({{ missing|default:"<i>" }})~", "<i>"},
          {"{{ missing|default:cliente.apellido }}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {"<b>{{ n }}</b>", "<b>5</b>"},
          {R"~({{ "<b>" }})~", "<b>"},
          {"{{ m }}", "{&#x27;a&#x27;: 1, &#x27;b&#x27;: &#x27;x&#x27;}"},
          {"{% autoescape off %}{{ cliente.apellido }}{% endautoescape %}", "O'Higgins & Cía <b>"},
          {"{% autoescape off %}{% autoescape on %}{{ cliente.apellido }}{% endautoescape %}{{ cliente.apellido }}{% "
           "endautoescape %}",
           "O&#x27;Higgins &amp; Cía &lt;b&gt;O'Higgins & Cía <b>"},
          {R"~({{ cliente.apellido|cut:"&" }})~", "O&#x27;Higgins  Cía &lt;b&gt;"},
          {R"~({{ cliente.apellido|safe|cut:"C" }})~", "O'Higgins & ía <b>"},
          {R"~({{ "&lt;"|cut:";" }})~", "&amp;lt"},
          {"{{ cliente.apellido|safe|capfirst|title|truncatechars:30 }}", "O'Higgins & Cía <B>"},
          {"{{ cliente.apellido|truncatewords:2 }}", "O&#x27;Higgins &amp; …"},
          {R"~({{ l|join:"<" }})~", "1<2<3"},
          {"{{ l|join:cliente.apellido }}", "1O&#x27;Higgins &amp; Cía &lt;b&gt;2O&#x27;Higgins &amp; Cía &lt;b&gt;3"},
          {"{{ cliente.apellido|linebreaksbr }}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {R"~({{ "<"|add:cliente.apellido }})~", "&lt;O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {R"~({{ "<"|add:">" }})~", "<>"},
          {"{{ cliente.apellido|urlencode }}", "O%27Higgins%20%26%20C%C3%ADa%20%3Cb%3E"},
          {"{{ cliente.apellido|striptags }}", "O&#x27;Higgins &amp; Cía "},
          {"{% firstof cliente.apellido %}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {"{% firstof cliente.apellido|safe %}", "O'Higgins & Cía <b>"},
          {"{% firstof cliente.apellido as x %}{{ x }}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {"{{ cliente.apellido|addslashes }}", R"~(O\&#x27;Higgins &amp; Cía &lt;b&gt;)~"},
          {R"~({{ cliente.apellido|slice:":3" }})~", "O&#x27;H"},
          {R"~({{ cliente.apellido|safe|slice:"9:" }})~", " & Cía <b>"},
          {"{{ cliente.apellido|safe|last }}", ">"},
          {"{{ cliente.apellido|first }}", "O"},
          {"{{ cliente.apellido|safe|default_if_none:1 }}", "O'Higgins & Cía <b>"},
          {"{{ cliente.apellido|safe|center:30 }}", "     O'Higgins & Cía <b>      "},
          {R"~({{ cliente.apellido|stringformat:"s" }})~", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
          {R"~({{ cliente.apellido|safe|stringformat:"s" }})~", "O'Higgins & Cía <b>"},
          {R"~({{ cliente.apellido|yesno:"<,>" }})~", "&lt;"},
      });
}

TEST_CASE("escaping follows Django") {
  check_rows(context, plain(),
             {
                 {"{{ cliente.apellido }}", "O'Higgins & Cía <b>"},
                 {"{{ cliente.apellido|escape }}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
                 {"{{ cliente.apellido|force_escape }}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
                 {"{% autoescape on %}{{ cliente.apellido }}{% endautoescape %}", "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
                 {"{{ l|join:cliente.apellido }}", "[1, 2, 3]"},
                 {"{{ cliente.tags|join:cliente.apellido }}",
                  "unoO&#x27;Higgins &amp; Cía &lt;b&gt;dosO&#x27;Higgins &amp; Cía &lt;b&gt;tres"},
                 {"{{ cliente.tags|join:', ' }}", "uno, dos, tres"},
                 {"{% firstof cliente.apellido as x %}{% autoescape on %}{{ x }}{% endautoescape %}",
                  "O&#x27;Higgins &amp; Cía &lt;b&gt;"},
             });
}
