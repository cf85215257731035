#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"l": [1, 2, 3], "e": [], "m": {"a": 1, "b": 2}, "pairs": [[1, "x"], [2, "y"]], "s": "abc", "ll": [[1, 2], [3, 4]], "objs": [{"n": "A", "p": 10}, {"n": "B", "p": 20}], "x": "outer", "n": null})~";

}  // namespace

TEST_CASE("braces that are no tags are text, as in Django") {
  check_rows(context, plain(),
             {
                 {"{{ x", "{{ x"},
                 {"{% if x", "{% if x"},
                 {"{ { x } }", "{ { x } }"},
                 {"{{ x\n}}", "{{ x\n}}"},
                 {"{% if\nx %}", "{% if\nx %}"},
                 {"{# a\nb #}", "{# a\nb #}"},
                 {"{{{ x }}}", std::nullopt},
                 {"{{ x }}{", "outer{"},
                 {"{% comment %}\n{% endcomment %}{{ x }}", "outer"},
                 {"{{x}}{{x}}", "outerouter"},
                 {"}}{{", "}}{{"},
                 {"{%%", "{%%"},
                 {"{#", "{#"},
                 {"#}", "#}"},
                 {"{##}a", "a"},
                 {"{{ x }} %}", "outer %}"},
                 {"é{{ x }}ñ", "éouterñ"},
                 {R"~({{ "}" }})~", "}"},
                 {R"~({{ "%}" }})~", "%}"},
                 {R"~({{ "a|b"|upper }})~", "A|B"},
                 {"{{ x | upper | lower }}", "outer"},
                 {"{{\tx\t}}", "outer"},
                 {"a{#b", "a{#b"},
                 {"{#}#}c", "c"},
                 {R"~({{ "{" }})~", "{"},
             });
}
