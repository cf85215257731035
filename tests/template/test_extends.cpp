#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"l": [1, 2, 3], "x": "outer", "m": {"a": 1, "b": "<i>"}, "key": "b", "n": null, "ll": [[1, 2], [3, 4]], "e": [], "f": 2.5, "p": [{"c": "A", "n": 1}, {"c": "A", "n": 2}, {"c": "B<", "n": 3}, {"c": "A", "n": 4}, {"n": 5}], "s": "aabbA", "r": [1, 1, 2, 2, 1], "t": true, "big": 1000000000000000000, "str": "7"})~";

constexpr std::string_view base = "[{% block a %}base{% endblock %}|{% block b %}bb{{ m.b }}{% endblock %}]";

}  // namespace

TEST_CASE("a template extends another and replaces its blocks") {
  check_pages(
      context, plain(),
      {
          {R"~(pre{% extends "b" %}zz{% block a %}A{{ block.super }}{% endblock %})~",
           {{"b", base}},
           "pre[Abase|bb<i>]"},
          {"{% extends key %}{% block a %}A{{ block.super }}{% endblock %}", {{"b", base}}, "[Abase|bb<i>]"},
          {R"~({% extends "m" %}{% block a %}3{{ block.super }}{% endblock %}{% block b %}{{ block.super|upper }}{% endblock b %})~",
           {{"m", R"~({% extends "b" %}{% block a %}2{{ block.super }}{{ block.super }}{% endblock %})~"}, {"b", base}},
           "[32basebase|BB<I>]"},
          {R"~({% extends "m" %}{% block c %}3{{ block.super }}{% endblock %})~",
           {{"m",
             R"~(mid{% extends "b" %}{% block a %}2{{ block.super }}({% block c %}c{% endblock %}){% endblock %})~"},
            {"b", base}},
           "mid[2base(3c)|bb<i>]"},
          {R"~({% extends "b" %}{% if x %}{% block a %}in if{% endblock %}{% endif %}{% for i in l %}{% block b %}q{{ i }}{% endblock %}{% endfor %})~",
           {{"b", base}},
           "[in if|q]"},
          {R"~({% extends "b" %}{% block a %}{{ i }}{{ forloop.counter }}{{ block.super }}{% endblock %})~",
           {{"b", "{% for i in l %}{% block a %}<{{ i }}>{% endblock %}{% endfor %}"}},
           "11<1>22<2>33<3>"},
          {R"~({% extends "b" %}{% block a %}{% block b %}x{% endblock %}{{ block.super }}{% endblock %})~",
           {{"b", base}},
           "[xbase|x]"},
          {R"~({% extends "b" %}{% block zzz %}never{% endblock %})~", {{"b", base}}, "[base|bb<i>]"},
          {R"~({% extends "b" %}{% with x=1 %}{% block a %}{{ x }}{% endblock %}{% endwith %})~",
           {{"b", base}},
           "[outer|bb<i>]"},
          {R"~({% extends "b" %}{% block a %}{{ x }}{% endblock %})~",
           {{"b",
             R"~({% with x=1 %}{% block a %}{% endblock %}{% endwith %}{% firstof "q" as x %}{% block c %}{% endblock %}{{ x }})~"}},
           "1q"},
          {"{% block a %}{{ block.super }}{% endblock %}", {}, std::nullopt},
          {"{% block a %}{{ block.name }}{{ block.nme }}{% endblock %}{{ block.name }}", {}, "a"},
          {"{% block a %}{% if block %}y{% endif %}{% if block.super %}y{% endif %}{% endblock %}", {}, std::nullopt},
          {"{% block a %}{% if block.super or 1 %}y{% endif %}{% endblock %}", {}, ""},
          {R"~({% extends "b" %}{% block a %}{% if block.super == "base" %}y{% endif %}{% if not block.super %}n{% endif %}{% endblock %})~",
           {{"b", base}},
           "[y|bb<i>]"},
          {R"~({% extends "b" %}{% block a %}{% with s=block.super %}{{ s }}{{ s }}{% endwith %}{% endblock %})~",
           {{"b", base}},
           "[basebase|bb<i>]"},
          {R"~({% extends "b" %}{% block b %}{% with s=block.super %}{{ s|escape }}{{ s|force_escape }}{% endwith %}{{ m.b }}{% endblock %})~",
           {{"b", base}},
           "[base|bb<i>bb&lt;i&gt;<i>]"},
          {R"~({% extends "b" %}{% block b %}{% autoescape off %}{{ block.super }}{% endautoescape %}{% endblock %})~",
           {{"b", base}},
           "[base|bb<i>]"},
          {R"~({% extends "b" %}{% block b %}{% include "i" %}{% endblock %})~",
           {{"b", base}, {"i", "({% block b %}inc{% endblock %})"}},
           "[base|(inc)]"},
          {R"~({% extends "b" %}{% block b %}{% include "i" %}{% endblock %})~",
           {{"b", base},
            {"i", R"~({% extends "b2" %}{% block b %}inc{{ block.super }}{% endblock %})~"},
            {"b2", "({% block b %}b2{% endblock %})"}},
           "[base|(incb2)]"},
          {R"~({% extends "b" %}{% block a %}{% for i in l %}{{ block.super }}{% endfor %}{% endblock %})~",
           {{"b", "{% block a %}{{ forloop.counter }}{% endblock %}"}},
           "123"},
          {R"~({% extends "b" %}{% block a %}{{ block.super }}{% firstof "z" as x %}{{ x }}{% endblock %})~",
           {{"b", R"~({% block a %}{% firstof "y" as x %}{{ x }}{% endblock %}{{ x }})~"}},
           "yzouter"},
          {"{% extends %}", {{"b", base}}, std::nullopt},
          {R"~({% extends "b" "c" %})~", {{"b", base}}, std::nullopt},
          {R"~({% extends "none" %})~", {{"b", base}}, std::nullopt},
          {"{% extends n %}", {{"b", base}}, std::nullopt},
          {"{% extends missing %}", {{"b", base}}, std::nullopt},
          {R"~({{ x }}{% extends "b" %})~", {{"b", base}}, std::nullopt},
          {R"~({% extends "b" %}{% extends "b" %})~", {{"b", base}}, std::nullopt},
          {R"~({% comment %}{% endcomment %}{% extends "b" %})~", {{"b", base}}, std::nullopt},
          {R"~({# c #}{% extends "b" %})~", {{"b", base}}, "[base|bb<i>]"},
          {R"~({% if 1 %}{% extends "b" %}{% endif %})~", {{"b", base}}, std::nullopt},
          {"{% block %}{% endblock %}", {}, std::nullopt},
          {"{% block a b %}{% endblock %}", {}, std::nullopt},
          {"{% block a %}{% endblock b %}", {}, std::nullopt},
          {"{% block a %}", {}, std::nullopt},
          {"{% block a %}{% endblock a %}{% block a %}{% endblock %}", {}, std::nullopt},
          {"{% block a %}{% block a %}{% endblock %}{% endblock %}", {}, std::nullopt},
          {"{% block a %}{% endblock  a %}", {}, std::nullopt},
          {R"~({% extends "b"|lower %})~", {{"b", base}}, "[base|bb<i>]"},
          {R"~({% extends "B"|lower %})~", {{"b", base}}, "[base|bb<i>]"},
          {R"~({% extends "b" %}{% endblock %})~", {{"b", base}}, std::nullopt},
          {"{% block a.b-c %}x{% endblock a.b-c %}", {}, "x"},
          {"{% extends l %}", {{"b", base}}, std::nullopt},
          {"{% extends 5 %}", {{"b", base}}, std::nullopt},
          {R"~({% extends "" %})~", {{"b", base}}, std::nullopt},
          {R"~({% extends "b" %}{% block a %}{% cycle "p" "q" %}{{ block.super }}{% endblock %})~",
           {{"b",
             R"~({% for i in r %}{% cycle "1" "2" %}{% block a %}{% cycle "x" "y" %}{% endblock %}{% ifchanged %}{% block c %}{% endblock %}z{% endifchanged %}{% endfor %})~"}},
           "1pxz2qy1px2qy1px"},
          {R"~({% extends "b" %}{% block a %}{% filter upper %}{{ block.super }}{% endfilter %}{% endblock %})~",
           {{"b", "{% spaceless %}<p> {% block a %}<i>a{{ m.b }} {% endblock %} </p>{% endspaceless %}"}},
           "<p><I>A<I></p>"},
          {R"~({% filter upper %}{% block a %}a{% endblock %}{% include "b" %}{% endfilter %})~", {{"b", "b"}}, "AB"},
      });
}

TEST_CASE("what a block makes is not escaped twice") {
  check_pages(
      context, html(),
      {
          {R"~(pre{% extends "b" %}zz{% block a %}A{{ block.super }}{% endblock %})~",
           {{"b", base}},
           "pre[Abase|bb&lt;i&gt;]"},
          {"{% extends key %}{% block a %}A{{ block.super }}{% endblock %}", {{"b", base}}, "[Abase|bb&lt;i&gt;]"},
          {R"~({% extends "m" %}{% block a %}3{{ block.super }}{% endblock %}{% block b %}{{ block.super|upper }}{% endblock b %})~",
           {{"m", R"~({% extends "b" %}{% block a %}2{{ block.super }}{{ block.super }}{% endblock %})~"}, {"b", base}},
           "[32basebase|BB&amp;LT;I&amp;GT;]"},
          {R"~({% extends "m" %}{% block c %}3{{ block.super }}{% endblock %})~",
           {{"m",
             R"~(mid{% extends "b" %}{% block a %}2{{ block.super }}({% block c %}c{% endblock %}){% endblock %})~"},
            {"b", base}},
           "mid[2base(3c)|bb&lt;i&gt;]"},
          {R"~({% extends "b" %}{% block zzz %}never{% endblock %})~", {{"b", base}}, "[base|bb&lt;i&gt;]"},
          {R"~({% extends "b" %}{% with x=1 %}{% block a %}{{ x }}{% endblock %}{% endwith %})~",
           {{"b", base}},
           "[outer|bb&lt;i&gt;]"},
          {R"~({% extends "b" %}{% block a %}{% if block.super == "base" %}y{% endif %}{% if not block.super %}n{% endif %}{% endblock %})~",
           {{"b", base}},
           "[y|bb&lt;i&gt;]"},
          {R"~({% extends "b" %}{% block a %}{% with s=block.super %}{{ s }}{{ s }}{% endwith %}{% endblock %})~",
           {{"b", base}},
           "[basebase|bb&lt;i&gt;]"},
          {R"~({% extends "b" %}{% block b %}{% with s=block.super %}{{ s|escape }}{{ s|force_escape }}{% endwith %}{{ m.b }}{% endblock %})~",
           {{"b", base}},
           "[base|bb&lt;i&gt;bb&amp;lt;i&amp;gt;&lt;i&gt;]"},
          {R"~({# c #}{% extends "b" %})~", {{"b", base}}, "[base|bb&lt;i&gt;]"},
          {R"~({% extends "b"|lower %})~", {{"b", base}}, "[base|bb&lt;i&gt;]"},
          {R"~({% extends "B"|lower %})~", {{"b", base}}, "[base|bb&lt;i&gt;]"},
          {R"~({% extends "b" %}{% block a %}{% filter upper %}{{ block.super }}{% endfilter %}{% endblock %})~",
           {{"b", "{% spaceless %}<p> {% block a %}<i>a{{ m.b }} {% endblock %} </p>{% endspaceless %}"}},
           "<p><I>A&LT;I&GT;  </p>"},
      });
}

TEST_CASE("an error that a condition forgives leaves nothing behind") {
  check_pages(context, plain(),
              {{"{% extends 'b' %}{% block a %}{% if block.super or 1 %}{% endif %}{{ i }}|{{ x }}{% endblock %}",
                {{"b",
                  "{% block a %}half{% for i in l %}{% with x=1 %}{{ x|divisibleby:0 }}{% endwith %}{% endfor %}{% "
                  "endblock %}"}},
                "|outer"}});
}

TEST_CASE("a block that a deep chain of templates replaces shows all of them") {
  std::vector<std::string> sources{"{% block a %}0{% endblock %}"};
  for (int i = 1; i < 20; ++i) {
    sources.push_back("{% extends '" + std::to_string(i - 1) + "' %}{% block a %}" + std::to_string(i) +
                      "{{ block.super }}{% endblock %}");
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < sources.size(); ++i) names.push_back(std::to_string(i));
  std::vector<Page> list;
  for (std::size_t i = 0; i < sources.size(); ++i) list.push_back({names[i], sources[i]});
  const Pages pages(list);
  RenderOptions options;
  options.loader = &pages;
  CHECK(rendered("{% extends '19' %}", {}, options) == "191817161514131211109876543210");
}
