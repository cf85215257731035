#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"l": [1, 2, 3], "e": [], "m": {"a": 1, "b": 2}, "pairs": [[1, "x"], [2, "y"]], "s": "abc", "ll": [[1, 2], [3, 4]], "objs": [{"n": "A", "p": 10}, {"n": "B", "p": 20}], "x": "outer", "n": null})~";

}  // namespace

TEST_CASE("with, comment, firstof, verbatim and autoescape follow Django") {
  check_rows(context, plain(),
             {
                 {"{% with a=x b=l.0 %}{{ a }}{{ b }}{% endwith %}[{{ a }}]", "outer1[]"},
                 {"{% with x as y %}{{ y }}{% endwith %}", "outer"},
                 {"{% with x as y and l as z %}{{ y }}{{ z }}{% endwith %}", "outer[1, 2, 3]"},
                 {R"~({% with x="in" %}{{ x }}{% endwith %}{{ x }})~", "inouter"},
                 {"{% with a=missing %}[{{ a }}]{% endwith %}", "[]"},
                 {R"~({% with a="q"|upper b=x|length %}{{ a }}{{ b }}{% endwith %})~", "Q5"},
                 {R"~({% with a="x y" %}{{ a }}{% endwith %})~", "x y"},
                 {"{% with x=l.1 y=x %}{{ x }}{{ y }}{% endwith %}", "2outer"},
                 {"a{# comment {{ x }} #}b", "ab"},
                 {"a{% comment %}{{ broken|nofilter }}{% unknown %}{% endcomment %}b", "ab"},
                 {R"~(a{% comment "note" %}x{% endcomment %}b)~", "ab"},
                 {R"~({% firstof missing n x "lit" %})~", "outer"},
                 {R"~({% firstof missing "lit" %})~", "lit"},
                 {"{% firstof missing n %}|", "|"},
                 {"{% firstof missing x as y %}[{{ y }}]", "[outer]"},
                 {"{% firstof missing as y %}[{{ y }}]", "[]"},
                 {"{% verbatim %}{{ x }}{% if %}{% endverbatim %}", "{{ x }}{% if %}"},
                 {"{% verbatim block %}{% verbatim %}{% endverbatim %}{{ x }}{% endverbatim block %}",
                  "{% verbatim %}{% endverbatim %}{{ x }}"},
                 {"{% with l as l2 %}{% for i in l2 %}{{ i }}{% endfor %}{% endwith %}", "123"},
                 {"{% firstof n x|upper %}", "OUTER"},
                 {"{% autoescape on %}{{ x }}{% endautoescape %}", "outer"},
             });
}
