#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"l": [1, 2, 3], "e": [], "m": {"a": 1, "b": 2}, "pairs": [[1, "x"], [2, "y"]], "s": "abc", "ll": [[1, 2], [3, 4]], "objs": [{"n": "A", "p": 10}, {"n": "B", "p": 20}], "x": "outer", "n": null})~";

}  // namespace

TEST_CASE("loops follow Django") {
  check_rows(
      context, plain(),
      {
          {"{% for i in l %}{{ i }},{% endfor %}", "1,2,3,"},
          {"{% for i in l reversed %}{{ i }},{% endfor %}", "3,2,1,"},
          {"{% for i in e %}x{% empty %}none{% endfor %}", "none"},
          {"{% for i in missing %}x{% empty %}none{% endfor %}", "none"},
          {"{% for i in n %}x{% empty %}none{% endfor %}", "none"},
          {"{% for i in l %}{{ forloop.counter }}{{ forloop.counter0 }}{{ forloop.revcounter }}{{ forloop.revcounter0 "
           "}}{{ forloop.first }}{{ forloop.last }};{% endfor %}",
           "1032TrueFalse;2121FalseFalse;3210FalseTrue;"},
          {"{% for k, v in m.items %}{{ k }}={{ v }};{% endfor %}", "a=1;b=2;"},
          {"{% for k,v in m.items %}{{ k }}={{ v }};{% endfor %}", "a=1;b=2;"},
          {"{% for k , v in pairs %}{{ k }}{{ v }}{% endfor %}", "1x2y"},
          {"{% for k in m %}{{ k }}{% endfor %}", "ab"},
          {"{% for k in m.keys %}{{ k }}{% endfor %}", "ab"},
          {"{% for v in m.values %}{{ v }}{% endfor %}", "12"},
          {"{% for c in s %}[{{ c }}]{% endfor %}", "[a][b][c]"},
          {"{% for r in ll %}{% for c in r %}{{ forloop.parentloop.counter }}.{{ forloop.counter }}={{ c }} {% endfor "
           "%}{% endfor %}",
           "1.1=1 1.2=2 2.1=3 2.2=4 "},
          {"{% for a, b in ll reversed %}{{ a }}-{{ b }} {% endfor %}", "3-4 1-2 "},
          {"{% for o in objs %}{{ o.n }}:{{ o.p }}{% if not forloop.last %}, {% endif %}{% endfor %}", "A:10, B:20"},
          {"{% for x in l %}{{ x }}{% endfor %}{{ x }}", "123outer"},
          {"{{ forloop.counter }}|{% for i in l %}{{ forloop.parentloop }}{% endfor %}", "|{}{}{}"},
          {"{% for i in l %}{% firstof i as q %}{{ q }}{% endfor %}[{{ q }}]", "123[]"},
          {R"~({% for i in l|slice:":2" %}{{ i }}{% endfor %})~", "12"},
          {"{% for k, v in m.items reversed %}{{ k }}{% endfor %}", "ba"},
          {R"~({% for i in "ab" %}{{ i }}{% endfor %})~", "ab"},
          {"{% for i in l %}{% if forloop.first %}{{ forloop }}{% endif %}{% endfor %}",
           "{'parentloop': {}, 'counter0': 0, 'counter': 1, 'revcounter': 3, 'revcounter0': 2, 'first': True, 'last': "
           "False}"},
          {"{% for a, b in pairs %}{% firstof a as q %}{{ q }}{% endfor %}[{{ q }}]", "12[]"},
          {"{% for i in l %}{% for j in l %}{% if i == j %}{{ i }}{% endif %}{% endfor %}{% empty %}no{% endfor %}",
           "123"},
      });
}
