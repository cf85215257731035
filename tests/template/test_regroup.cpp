#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"l": [1, 2, 3], "x": "outer", "m": {"a": 1, "b": "<i>"}, "key": "b", "n": null, "ll": [[1, 2], [3, 4]], "e": [], "f": 2.5, "p": [{"c": "A", "n": 1}, {"c": "A", "n": 2}, {"c": "B<", "n": 3}, {"c": "A", "n": 4}, {"n": 5}], "s": "aabbA", "r": [1, 1, 2, 2, 1], "t": true, "big": 1000000000000000000, "str": "7"})~";

}  // namespace

TEST_CASE("regroup puts neighbours into groups") {
  check_rows(
      context, plain(),
      {
          {"{% regroup p by c as g %}{% for k in g %}{{ k.grouper }}:{% for i in k.list %}{{ i.n }}{% endfor %};{% "
           "endfor %}",
           "A:12;B<:3;A:4;None:5;"},
          {"{% regroup p by c as g %}{{ g }}",
           "[GroupedResult(grouper='A', list=[{'c': 'A', 'n': 1}, {'c': 'A', 'n': 2}]), GroupedResult(grouper='B<', "
           "list=[{'c': 'B<', 'n': 3}]), GroupedResult(grouper='A', list=[{'c': 'A', 'n': 4}]), "
           "GroupedResult(grouper=None, list=[{'n': 5}])]"},
          {"{% regroup p by c as g %}{% for a, b in g %}{{ a }}{{ b|length }}{% endfor %}", "A2B<1A1None1"},
          {"{% regroup p by c|lower as g %}{{ g.0.grouper }}{{ g.0.0 }}{{ g.0.1.1.n }}{{ g.0|length }}{{ g|length }}",
           "aa224"},
          {"{% regroup missing by c as g %}{{ g }}{% regroup n by c as g %}{{ g }}{% regroup e by c as g %}{{ g }}",
           "[][][]"},
          {"{% regroup f by c as g %}{{ g }}", std::nullopt},
          {"{% regroup s by x as g %}{{ g }}", "[GroupedResult(grouper=None, list=['a', 'a', 'b', 'b', 'A'])]"},
          {"{% regroup m by x as g %}{{ g }}", "[GroupedResult(grouper=None, list=['a', 'b'])]"},
          {"{% regroup ll by 0 as g %}{{ g }}",
           "[GroupedResult(grouper=1, list=[[1, 2]]), GroupedResult(grouper=3, list=[[3, 4]])]"},
          {R"~({% regroup ll|slice:"1:" by 1 as g %}{{ g }}{{ g.0.foo }})~",
           "[GroupedResult(grouper=4, list=[[3, 4]])]"},
          {"{% regroup p by c as p %}{{ p|length }}{% for q in p %}{{ q.grouper }}{% endfor %}", "4AB<ANone"},
          {"{% regroup p by c %}", std::nullopt},
          {"{% regroup p as c by g %}", std::nullopt},
          {"{% regroup p by c as %}", std::nullopt},
          {"{% regroup p by c|nofilter as g %}", std::nullopt},
          {"{% for i in l %}{% regroup p by c as g %}{{ g|length }}{% endfor %}{{ g|length }}", "4440"},
          {"{% with 1 as z %}{% regroup p by c as g %}{{ g.1 }}{% endwith %}{{ g }}",
           "GroupedResult(grouper='B<', list=[{'c': 'B<', 'n': 3}])"},
          {R"~({% regroup p by c as g %}{{ g.0 }}{% if g.0.grouper == "A" %}y{% endif %}{{ g.0.list.0.n }}{{ g|first|last }})~",
           "GroupedResult(grouper='A', list=[{'c': 'A', 'n': 1}, {'c': 'A', 'n': 2}])y1[{'c': 'A', 'n': 1}, {'c': 'A', "
           "'n': 2}]"},
          {"{% regroup r by missing as g %}{{ g }}", "[GroupedResult(grouper=None, list=[1, 1, 2, 2, 1])]"},
      });
}

TEST_CASE("groups are escaped when printed") {
  check_rows(
      context, html(),
      {
          {"{% regroup p by c as g %}{% for k in g %}{{ k.grouper }}:{% for i in k.list %}{{ i.n }}{% endfor %};{% "
           "endfor %}",
           "A:12;B&lt;:3;A:4;None:5;"},
          {"{% regroup p by c as g %}{{ g }}",
           "[GroupedResult(grouper=&#x27;A&#x27;, list=[{&#x27;c&#x27;: &#x27;A&#x27;, &#x27;n&#x27;: 1}, "
           "{&#x27;c&#x27;: &#x27;A&#x27;, &#x27;n&#x27;: 2}]), GroupedResult(grouper=&#x27;B&lt;&#x27;, "
           "list=[{&#x27;c&#x27;: &#x27;B&lt;&#x27;, &#x27;n&#x27;: 3}]), GroupedResult(grouper=&#x27;A&#x27;, "
           "list=[{&#x27;c&#x27;: &#x27;A&#x27;, &#x27;n&#x27;: 4}]), GroupedResult(grouper=None, "
           "list=[{&#x27;n&#x27;: 5}])]"},
          {"{% regroup p by c as g %}{% for a, b in g %}{{ a }}{{ b|length }}{% endfor %}", "A2B&lt;1A1None1"},
          {"{% regroup s by x as g %}{{ g }}",
           "[GroupedResult(grouper=None, list=[&#x27;a&#x27;, &#x27;a&#x27;, &#x27;b&#x27;, &#x27;b&#x27;, "
           "&#x27;A&#x27;])]"},
          {"{% regroup m by x as g %}{{ g }}", "[GroupedResult(grouper=None, list=[&#x27;a&#x27;, &#x27;b&#x27;])]"},
          {"{% regroup p by c as p %}{{ p|length }}{% for q in p %}{{ q.grouper }}{% endfor %}", "4AB&lt;ANone"},
          {"{% with 1 as z %}{% regroup p by c as g %}{{ g.1 }}{% endwith %}{{ g }}",
           "GroupedResult(grouper=&#x27;B&lt;&#x27;, list=[{&#x27;c&#x27;: &#x27;B&lt;&#x27;, &#x27;n&#x27;: 3}])"},
          {R"~({% regroup p by c as g %}{{ g.0 }}{% if g.0.grouper == "A" %}y{% endif %}{{ g.0.list.0.n }}{{ g|first|last }})~",
           "GroupedResult(grouper=&#x27;A&#x27;, list=[{&#x27;c&#x27;: &#x27;A&#x27;, &#x27;n&#x27;: 1}, "
           "{&#x27;c&#x27;: &#x27;A&#x27;, &#x27;n&#x27;: 2}])y1[{&#x27;c&#x27;: &#x27;A&#x27;, &#x27;n&#x27;: 1}, "
           "{&#x27;c&#x27;: &#x27;A&#x27;, &#x27;n&#x27;: 2}]"},
      });
}

TEST_CASE("filter and spaceless work on what their nodes make") {
  check_rows(context, plain(),
             {
                 {"{% filter upper %}x{{ x }}{{ m.b }}{% endfilter %}", "XOUTER<I>"},
                 {"{% filter upper|lower|truncatechars:5 %}abcdefghi{% endfilter %}", "ab..."},
                 {"{% filter truncatechars:5 | upper %}abcdefghi{% endfilter %}", "AB..."},
                 {"{% filter upper|escape %}{% endfilter %}", std::nullopt},
                 {"{% filter safe %}{% endfilter %}", std::nullopt},
                 {"{% filter force_escape %}<{{ m.b }}{% endfilter %}", "&lt;&lt;i&gt;"},
                 {"{% filter length %}<b>{{ x }}{% endfilter %}", "8"},
                 {"{% filter default:var %}<b>{{ x }}{% endfilter %}", "<b>outer"},
                 {R"~({% filter default:"<" %}{% endfilter %})~", "<"},
                 {"{% filter %}{% endfilter %}", std::nullopt},
                 {"{% filter nofilter %}{% endfilter %}", std::nullopt},
                 {"{% filter upper %}{% filter lower %}AbC{% endfilter %}dE{% endfilter %}", "ABCDE"},
                 {"{% filter wordcount %}a b c{% endfilter %}", "3"},
                 {"{% filter first %}{% endfilter %}", ""},
                 {R"~({% filter cut:"b" %}abc{{ m.b }}{% endfilter %})~", "ac<i>"},
                 {R"~({% filter upper %}{% firstof "q" as z %}{% endfilter %}{{ z }}{{ var }})~", "q"},
                 {"{% with var=x %}{% filter upper %}{{ var }}{% endfilter %}{{ var }}{% endwith %}", "OUTERouter"},
                 {"{% filter floatformat:2 %}3.14159{% endfilter %}", "3.14"},
                 {R"~({% filter add:"1" %}3{% endfilter %})~", "4"},
                 {"{% filter upper %}", std::nullopt},
                 {"{% spaceless %} <a> <b> x </b>", std::nullopt},
                 {"{% spaceless %} {{ m.b }} {{ x }} {% endspaceless %}", "<i> outer"},
                 {"{% spaceless %} > > < <{% endspaceless %}", "> >< <"},
                 {"{% spaceless %}{% spaceless %}<p> <q>{% endspaceless %} </p> {% endspaceless %}", "<p><q></p>"},
                 {"{% spaceless %}<p>  </p>{% endspaceless %}", "<p></p>"},
                 {"{% spaceless x %}<p> </p>{% endspaceless %}", "<p></p>"},
                 {"{% spaceless %}   {% endspaceless %}", ""},
                 {"{% spaceless %}", std::nullopt},
             });
}

TEST_CASE("filter and spaceless do not escape again") {
  check_rows(context, html(),
             {
                 {"{% filter upper %}x{{ x }}{{ m.b }}{% endfilter %}", "XOUTER&LT;I&GT;"},
                 {"{% filter force_escape %}<{{ m.b }}{% endfilter %}", "&lt;&amp;lt;i&amp;gt;"},
                 {R"~({% filter cut:"b" %}abc{{ m.b }}{% endfilter %})~", "ac&lt;i&gt;"},
                 {"{% spaceless %} {{ m.b }} {{ x }} {% endspaceless %}", "&lt;i&gt; outer"},
             });
}
