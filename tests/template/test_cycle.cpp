#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"l": [1, 2, 3], "x": "outer", "m": {"a": 1, "b": "<i>"}, "key": "b", "n": null, "ll": [[1, 2], [3, 4]], "e": [], "f": 2.5, "p": [{"c": "A", "n": 1}, {"c": "A", "n": 2}, {"c": "B<", "n": 3}, {"c": "A", "n": 4}, {"n": 5}], "s": "aabbA", "r": [1, 1, 2, 2, 1], "t": true, "big": 1000000000000000000, "str": "7"})~";

}  // namespace

TEST_CASE("cycle shows one value after the other") {
  check_rows(
      context, plain(),
      {
          {R"~({% for i in r %}{% cycle "a" "b" %}{% endfor %})~", "ababa"},
          {"{% for i in r %}{% cycle x m.b n missing 5 %},{% endfor %}", "outer,<i>,None,,5,"},
          {R"~({% for i in r %}{% cycle "a" "b" as q %}{{ q }}{% endfor %}[{{ q }}])~", "aabbaabbaa[]"},
          {R"~({% for i in r %}{% cycle "a" "b" as q silent %}{{ q }}{% endfor %}[{{ q }}])~", "ababa[]"},
          {R"~({% cycle "a" "b" as q %}{% cycle q %}{% cycle q %}{{ q }})~", "abaa"},
          {R"~({% cycle "a" "b" as x %}{{ x }}{% with x=1 %}{% cycle x %}{{ x }}{% endwith %}{{ x }}{% for x in l %}{% cycle x %}{{ x }}{% endfor %}{{ x }})~",
           "aabbaaabbaaa"},
          {"{% cycle q %}", std::nullopt},
          {"{% cycle %}", std::nullopt},
          {R"~({% cycle "a" as q %})~", "a"},
          {R"~({% cycle "a" "b" as q foo %})~", std::nullopt},
          {R"~({% cycle "a" as q foo %})~", std::nullopt},
          {R"~({% cycle "a" as q silent %}[{{ q }}]{% cycle q %})~", "[a]"},
          {"{% cycle a as b silent c %}", ""},
          {R"~({% cycle "a" "b" as q %}{% cycle "c" "d" as q %}{% cycle q %})~", "acd"},
          {R"~({% for i in ll %}{% for j in i %}{% cycle 1 2 3 %}{% endfor %}{% cycle "x" "y" %}{% endfor %})~",
           "12x31y"},
          {R"~({% cycle m.b "<b>" %}{% cycle m.b|upper x|length %})~", "<i><I>"},
          {R"~({% cycle "a","b" %})~", std::nullopt},
          {"{% cycle a,b,c %}", std::nullopt},
          {R"~({% for i in r %}{% cycle i "z" as q %}{% endfor %})~", "1z2z1"},
          {R"~({% for i in r %}{% cycle forloop "z" as q silent %}{{ q }}{% endfor %})~",
           "{'parentloop': {}, 'counter0': 0, 'counter': 1, 'revcounter': 5, 'revcounter0': 4, 'first': True, 'last': "
           "False}z{'parentloop': {}, 'counter0': 2, 'counter': 3, 'revcounter': 3, 'revcounter0': 2, 'first': False, "
           "'last': False}z{'parentloop': {}, 'counter0': 4, 'counter': 5, 'revcounter': 1, 'revcounter0': 0, 'first': "
           "False, 'last': True}"},
          {R"~({% for i in r %}{% with a=1 %}{% cycle "a" "b" as q %}{{ q }}{% endwith %}{{ q }}{% endfor %})~",
           "aabbaabbaa"},
          {R"~({% for a,b in ll %}{% cycle "a" "b" as q %}{{ q }}{% cycle "p" "r" as a %}{{ a }}{% endfor %}{{ q }}{{ a }})~",
           "aappbbrr"},
          {"{% for i in l %}{% ifchanged %}{% cycle 1 2 as y silent %}{% endifchanged %}{{ y }}{% endfor %}", "212"},
          {R"~({% for i in r %}{% ifchanged i %}{% cycle "a" "b" %}{% endifchanged %}{% endfor %})~", "aba"},
      });
}

TEST_CASE("cycle escapes what it shows") {
  check_rows(
      context, html(),
      {
          {"{% for i in r %}{% cycle x m.b n missing 5 %},{% endfor %}", "outer,&lt;i&gt;,None,,5,"},
          {R"~({% cycle m.b "<b>" %}{% cycle m.b|upper x|length %})~", "&lt;i&gt;&lt;I&gt;"},
          {R"~({% for i in r %}{% cycle forloop "z" as q silent %}{{ q }}{% endfor %})~",
           "{&#x27;parentloop&#x27;: {}, &#x27;counter0&#x27;: 0, &#x27;counter&#x27;: 1, &#x27;revcounter&#x27;: 5, "
           "&#x27;revcounter0&#x27;: 4, &#x27;first&#x27;: True, &#x27;last&#x27;: False}z{&#x27;parentloop&#x27;: {}, "
           "&#x27;counter0&#x27;: 2, &#x27;counter&#x27;: 3, &#x27;revcounter&#x27;: 3, &#x27;revcounter0&#x27;: 2, "
           "&#x27;first&#x27;: False, &#x27;last&#x27;: False}z{&#x27;parentloop&#x27;: {}, &#x27;counter0&#x27;: 4, "
           "&#x27;counter&#x27;: 5, &#x27;revcounter&#x27;: 1, &#x27;revcounter0&#x27;: 0, &#x27;first&#x27;: False, "
           "&#x27;last&#x27;: True}"},
      });
}

TEST_CASE("ifchanged compares with the last time in this run of its loop") {
  check_rows(
      context, plain(),
      {
          {"{% for i in r %}{% ifchanged %}{{ i }}{% endifchanged %}{% endfor %}", "121"},
          {"{% for i in r %}{% ifchanged i %}{{ forloop.counter }}{% else %}-{% endifchanged %}{% endfor %}", "1-3-5"},
          {"{% for i in r %}{% ifchanged %}{{ i }}{% else %}-{% endifchanged %}{% endfor %}", "1-2-1"},
          {"{% for i in ll %}{% for j in r %}{% ifchanged j %}{{ j }}{% endifchanged %}{% endfor %}|{% ifchanged %}x{% "
           "endifchanged %}{% endfor %}",
           "121|x121|"},
          {"{% for i in ll %}{% for j in r %}{% ifchanged i.0 j %}{{ i.0 }}{{ j }}{% endifchanged %}{% endfor %}|{% "
           "endfor %}",
           "111211|313231|"},
          {"{% ifchanged %}a{% endifchanged %}{% ifchanged x %}b{% else %}c{% endifchanged %}{% ifchanged n %}n{% "
           "endifchanged %}{% ifchanged missing %}m{% endifchanged %}",
           "abnm"},
          {"{% for i in r %}{% ifchanged missing %}x{% endifchanged %}{% ifchanged n|default:i %}y{% endifchanged %}{% "
           "endfor %}",
           "xyyy"},
          {"{% for i in r %}{% ifchanged %}{% endifchanged %}{% endfor %}z", "z"},
          {"{% for i in r %}{% ifchanged forloop.first %}F{% endifchanged %}{% ifchanged forloop.parentloop %}P{% "
           "endifchanged %}{% endfor %}",
           "FPF"},
          {"{% ifchanged %}{% else %}{% else %}{% endifchanged %}", std::nullopt},
          {"{% ifchanged x y %}{% endif %}", std::nullopt},
          {"{% for i in s %}{% ifchanged i|lower %}{{ i }}{% endifchanged %}{% endfor %}", "abA"},
      });
}
