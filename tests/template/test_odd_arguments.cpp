#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"l": [1, 2, 3], "x": "outer", "m": {"a": 1, "b": "<i>"}, "key": "b", "n": null, "ll": [[1, 2], [3, 4]], "e": [], "f": 2.5, "p": [{"c": "A", "n": 1}, {"c": "A", "n": 2}, {"c": "B<", "n": 3}, {"c": "A", "n": 4}, {"n": 5}], "s": "aabbA", "r": [1, 1, 2, 2, 1], "t": true, "big": 1000000000000000000, "str": "7"})~";

}  // namespace

TEST_CASE("loops and conditions take odd arguments as Django does") {
  check_rows(
      context, plain(),
      {
          {"{% for i, in l %}{% endfor %}", std::nullopt},
          {"{% for i,j in l %}{{ i }}{% endfor %}", std::nullopt},
          {"{% for i,j in ll reversed %}{{ i }}{{ j }}{% empty %}e{% endfor %}", "3412"},
          {"{% for i in l reversed reversed %}{{ i }}{% endfor %}", std::nullopt},
          {"{% for reversed in l reversed %}{{ reversed }}{% endfor %}", "321"},
          {"{% for in in l %}{{ in }}{% endfor %}", "123"},
          {"{% for i in reversed %}{{ i }}{% empty %}E{% endfor %}", std::nullopt},
          {R"~({% for i in l|slice:":2" reversed %}{{ i }}{% endfor %})~", "21"},
          {"{% for i in l in x %}{% endfor %}", std::nullopt},
          {"{% for i j in ll %}{% endfor %}", std::nullopt},
          {"{% for i,j,k in ll %}{% endfor %}", std::nullopt},
          {"{% for i,j in ll|first %}{% endfor %}", std::nullopt},
          {"{% for i,j in s %}{% endfor %}", std::nullopt},
          {"{% for i,j in n %}x{% empty %}y{% endfor %}", "y"},
          {"{% for i,i in ll %}{{ i }}{% endfor %}", "24"},
          {"{% for i in f %}{% endfor %}", std::nullopt},
          {"{% for i in t %}{% endfor %}", std::nullopt},
          {"{% for forloop in l %}{{ forloop }}{% endfor %}", "123"},
          {"{% for a.b in l %}{{ a.b }}{% endfor %}", ""},
          {"{% for 1 in l %}{{ 1 }}{% endfor %}", "111"},
          {R"~({% for i in "" %}x{% empty %}y{% endfor %})~", "y"},
          {"{% for i in m reversed %}{{ i }}{% endfor %}", "ba"},
          {"{% for k,v in m.items reversed %}{{ k }}{{ v }}{% endfor %}", "b<i>a1"},
          {"{% for i in l %}{% empty %}{% empty %}{% endfor %}", std::nullopt},
          {"{% for i in l %}{% endfor x %}", ""},
          {"{% for i in l %}{{ i }}{% empty x %}z{% endfor %}", std::nullopt},
          {R"~({% if x in "an outer b" %}1{% endif %}{% if x not in l %}2{% endif %}{% if 1 in l and 2 in l or 5 in l %}3{% endif %}{% if not 1 in l %}4{% endif %})~",
           "123"},
          {"{% if x is x %}1{% endif %}{% if n is None %}2{% endif %}{% if n is not None %}3{% endif %}{% if t is True "
           "%}4{% endif %}{% if not n is None %}5{% endif %}",
           "124"},
          {"{% if 1 == 1 == 1 %}1{% endif %}{% if 1 < 2 < 3 %}2{% endif %}{% if 3 > 2 > 1 %}3{% endif %}{% if 1 or 0 "
           "and 0 %}4{% endif %}{% if not 0 and not 0 %}5{% endif %}",
           "1245"},
          {R"~({% if not not x %}1{% endif %}{% if not x == "outer" %}2{% endif %}{% if 1 in l == True %}3{% endif %})~",
           "1"},
          {R"~({% if missing in l %}1{% endif %}{% if l in missing %}2{% endif %}{% if 1 not in missing %}3{% endif %}{% if "a" < 1 %}4{% else %}5{% endif %}{% if n < 1 %}6{% endif %})~",
           "5"},
          {"{% if a=b %}{% endif %}", std::nullopt},
          {R"~({% if x =="outer" %}{% endif %})~", std::nullopt},
          {"{% if x is not in l %}{% endif %}", std::nullopt},
          {"{% if not in l %}{% endif %}", std::nullopt},
          {"{% if x and %}{% endif %}", std::nullopt},
          {"{% if x %}a{% elif %}{% endif %}", std::nullopt},
          {"{% if n %}a{% elif x %}b{% elif %}{% endif %}", std::nullopt},
          {"{% if x %}a{% else %}b{% else %}c{% endif %}", std::nullopt},
          {"{% if x %}a{% else if x %}b{% endif %}", std::nullopt},
          {"{% if x %}a{% elseif x %}b{% endif %}", std::nullopt},
          {R"~({% if x|length == 5 and x|first == "o" %}y{% endif %})~", "y"},
          {"{% if x|divisibleby:0 or 1 %}y{% else %}n{% endif %}", "n"},
          {"{% if (x) %}y{% endif %}", std::nullopt},
          {"{% if x %}{% endif x %}", std::nullopt},
          {"{% if forloop %}y{% else %}n{% endif %}{% if block %}y{% else %}n{% endif %}", "nn"},
          {R"~({{ _ ("a") }})~", std::nullopt},
          {" </a> > < {% endspaceless %}|", std::nullopt},
      });
}

TEST_CASE("what a loop shows is escaped") {
  check_rows(context, html(),
             {
                 {"{% for k,v in m.items reversed %}{{ k }}{{ v }}{% endfor %}", "b&lt;i&gt;a1"},
             });
}

TEST_CASE("with, firstof, autoescape, verbatim and comment take odd arguments as Django does") {
  check_rows(
      context, plain(),
      {
          {"{% with %}{% endwith %}", std::nullopt},
          {"{% with a %}{% endwith %}", std::nullopt},
          {"{% with x as y and l as z and %}{{ y }}{% endwith %}", "outer"},
          {"{% with x as y z %}{{ y }}{% endwith %}", std::nullopt},
          {"{% with a=1 b=2 and c=3 %}{% endwith %}", std::nullopt},
          {"{% with x as %}{% endwith %}", std::nullopt},
          {"{% with a=1 a=2 %}{{ a }}{% endwith %}", "2"},
          {"{% with x as a b=2 %}{{ a }}{% endwith %}", std::nullopt},
          {"{% with a=1 x as b %}{% endwith %}", std::nullopt},
          {"{% with x as y and b=2 %}{{ y }}{% endwith %}", std::nullopt},
          {"{% with a.b=1 %}{{ a.b }}{% endwith %}", std::nullopt},
          {"{% with 1=2 %}{{ 1 }}{% endwith %}", "1"},
          {"{% with a=x as b %}{{ b }}{% endwith %}", std::nullopt},
          {"{% with as as as %}{% endwith %}", ""},
          {R"~({% firstof m.b "<b>" %}{% firstof n m.b|safe %}{% firstof e "" 0 f %}{% firstof x %})~",
           "<i><i>2.5outer"},
          {R"~({% firstof m.b as z %}{{ z }}{% firstof "<" as z %}{{ z }}{% firstof n as z %}{{ z }}|)~", "<i><|"},
          {"{% firstof %}", std::nullopt},
          {"{% firstof as %}", ""},
          {"{% firstof x as %}", "outer"},
          {"{% firstof n as as %}", ""},
          {"{% firstof as as as %}{{ as }}", ""},
          {"{% firstof l m %}{% firstof e m %}", "[1, 2, 3]{'a': 1, 'b': '<i>'}"},
          {"{% autoescape off %}{% firstof m.b %}{% firstof m.b as z %}{% endautoescape %}{{ z }}", "<i><i>"},
          {"{% autoescape %}{% endautoescape %}", std::nullopt},
          {"{% autoescape on x %}{% endautoescape %}", std::nullopt},
          {"{% autoescape off %}{{ m.b }}{% autoescape on %}{{ m.b }}{% endautoescape %}{{ m.b|escape }}{% "
           "endautoescape %}{{ m.b }}",
           "<i>&lt;i&gt;&lt;i&gt;<i>"},
          {"{% verbatim a b %}{{ x }}{% endverbatim %}{% endverbatim a b %}{{ x }}", "{{ x }}{% endverbatim %}outer"},
          {"{% verbatim %}{% endverbatim a %}{% endverbatim %}", "{% endverbatim a %}"},
          {"{% verbatim  a %}{{ x }}{% endverbatim  a %}", "{{ x }}"},
          {R"~({% comment "note" x %}{% if %}{% endcomment %}y)~", "y"},
          {"{% comment %}{% endcomment x %}", std::nullopt},
          {"{% comment %}{% comment %}{% endcomment %}z", "z"},
          {R"~({% url "x" %})~", std::nullopt},
      });
}

TEST_CASE("firstof and autoescape with odd arguments escape as Django does") {
  check_rows(
      context, html(),
      {
          {R"~({% firstof m.b "<b>" %}{% firstof n m.b|safe %}{% firstof e "" 0 f %}{% firstof x %})~",
           "&lt;i&gt;<i>2.5outer"},
          {R"~({% firstof m.b as z %}{{ z }}{% firstof "<" as z %}{{ z }}{% firstof n as z %}{{ z }}|)~",
           "&lt;i&gt;<|"},
          {"{% firstof l m %}{% firstof e m %}", "[1, 2, 3]{&#x27;a&#x27;: 1, &#x27;b&#x27;: &#x27;&lt;i&gt;&#x27;}"},
          {"{% autoescape off %}{% firstof m.b %}{% firstof m.b as z %}{% endautoescape %}{{ z }}", "<i>&lt;i&gt;"},
          {"{% autoescape off %}{{ m.b }}{% autoescape on %}{{ m.b }}{% endautoescape %}{{ m.b|escape }}{% "
           "endautoescape %}{{ m.b }}",
           "<i>&lt;i&gt;&lt;i&gt;&lt;i&gt;"},
      });
}
