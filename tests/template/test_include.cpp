#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"l": [1, 2, 3], "x": "outer", "m": {"a": 1, "b": "<i>"}, "key": "b", "n": null, "ll": [[1, 2], [3, 4]], "e": [], "f": 2.5, "p": [{"c": "A", "n": 1}, {"c": "A", "n": 2}, {"c": "B<", "n": 3}, {"c": "A", "n": 4}, {"n": 5}], "s": "aabbA", "r": [1, 1, 2, 2, 1], "t": true, "big": 1000000000000000000, "str": "7"})~";

constexpr std::string_view base = "[{% block a %}base{% endblock %}|{% block b %}bb{{ m.b }}{% endblock %}]";

}  // namespace

TEST_CASE("include shows another template, with what it is given") {
  check_pages(
      context, plain(),
      {
          {R"~({% include "b" %}{{ x }})~", {{"b", R"~({% firstof "q" as x %}{{ x }})~"}}, "qouter"},
          {R"~({% include key %}{% include "B"|lower %})~", {{"b", "{{ x }}{{ m.b }}"}}, "outer<i>outer<i>"},
          {R"~({% include "b" with a=x y=l.1 x="in<" %}{{ x }}{{ a }})~",
           {{"b", "{{ a }}{{ y }}{{ x }}"}},
           "outer2in<outer"},
          {R"~({% include "b" with a=x only %})~", {{"b", "{{ a }}{{ x }}{{ True }}"}}, "outerTrue"},
          {R"~({% include "b" only with a=x %})~", {{"b", "{{ a }}{{ x }}"}}, "outer"},
          {R"~({% include "b" only %})~", {{"b", "{{ a }}{{ x }}"}}, ""},
          {R"~({% include "b" with only=x %})~", {{"b", "{{ only }}{{ x }}"}}, "outerouter"},
          {R"~({% include "b" with a=m.b|upper b="x y" %})~", {{"b", "{{ a }}{{ b }}"}}, "<I>x y"},
          {R"~({% for i in l %}{% include "b" %}{% endfor %})~",
           {{"b", "{{ i }}{{ forloop.counter }}{{ forloop.last }}"}},
           "11False22False33True"},
          {R"~({% for i in l %}{% include "b" only %}{% endfor %})~",
           {{"b", "{{ i }}{{ forloop.counter }}{{ forloop.last }}"}},
           ""},
          {R"~({% for i in l %}{% include "b" with i=x %}{{ i }}{% endfor %})~",
           {{"b", "{% for x in l %}{{ i }}{{ forloop.parentloop.counter }}{% endfor %}"}},
           "outer1outer1outer11outer2outer2outer22outer3outer3outer33"},
          {R"~({% autoescape off %}{% include "b" %}{% include "b" only %}{% include "b" with m=m only %}{% endautoescape %})~",
           {{"b", "{{ m.b }}"}},
           "<i><i>"},
          {R"~({% autoescape on %}{% include "b" %}{% include "b" with m=m only %}{% endautoescape %})~",
           {{"b", "{{ m.b }}"}},
           "&lt;i&gt;&lt;i&gt;"},
          {R"~({% include "b" with a=missing %})~", {{"b", "[{{ a }}{% if a is None %}N{% endif %}]"}}, "[]"},
          {R"~({% include "b" with a=1 a=2 %})~", {{"b", "{{ a }}"}}, "2"},
          {R"~({% for n in l %}{% include "b"|add:"" %}{% endfor %})~", {{"b", "z"}}, "zzz"},
          {R"~({% with a=1 %}{% include "b" %}{{ a }}{% endwith %})~",
           {{"b", R"~({{ a }}{% with a=2 %}{{ a }}{% include "c" %}{% endwith %})~"}, {"c", "{{ a }}"}},
           "1221"},
          {R"~({% include "b" with block=1 %})~", {{"b", "{{ block }}{{ x }}"}}, "1outer"},
          {"{% include %}", {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}}, std::nullopt},
          {R"~({% include "none" %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {"{% include missing %}", {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}}, std::nullopt},
          {"{% include n %}", {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}}, std::nullopt},
          {R"~({% include "" %})~", {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}}, std::nullopt},
          {"{% include 5 %}", {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}}, std::nullopt},
          {R"~({% include "b" with %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% include "b" only only %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% include "b" foo %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% include "b" with a=1 with b=2 %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% include "b" with a %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% include "b" with a=1 b %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% include "b" with =1 %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% include "b" with a= %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% include "b" with 1=x %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           "[base|bb<i>]"},
          {R"~({% include "b" with a.b=x %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% include "e" %})~", {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}}, std::nullopt},
          {R"~({% include "e2" %})~", {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}}, std::nullopt},
          {"{% include b %}", {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}}, std::nullopt},
          {R"~({% include "b" with x as y %})~",
           {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
           std::nullopt},
          {R"~({% for i in r %}{% include "b" %}{% endfor %})~",
           {{"b", R"~({% cycle "a" "b" %}{% ifchanged i %}{{ i }}{% endifchanged %})~"}},
           "a1aa2aa1"},
          {R"~({% for i in r %}{% include "b" only %}{% endfor %})~",
           {{"b", R"~({% cycle "a" "b" %}{% ifchanged 1 %}c{% endifchanged %})~"}},
           "acacacacac"},
          {R"~({% include "b" %}{{ x }})~", {{"b", R"~({% cycle "a" "b" as x %})~"}}, "aa"},
          {R"~({% include "b" only %}{{ x }})~", {{"b", R"~({% cycle "a" "b" as x %}{{ x }})~"}}, "aaouter"},
          {R"~({% include "b" with x=1 %}{{ x }})~", {{"b", R"~({% cycle "a" "b" as x %}{{ x }})~"}}, "aaouter"},
          {R"~({% cycle "a" "b" as q %}{% include "b" %}{{ q }})~", {{"b", "{% cycle q %}"}}, std::nullopt},
          {R"~({% spaceless %}{% include "b" %} <x>{% endspaceless %})~", {{"b", "<p> <q>"}}, "<p><q><x>"},
      });
}

TEST_CASE("include leaves the escaping in force") {
  check_pages(context, html(),
              {
                  {R"~({% include key %}{% include "B"|lower %})~",
                   {{"b", "{{ x }}{{ m.b }}"}},
                   "outer&lt;i&gt;outer&lt;i&gt;"},
                  {R"~({% include "b" with a=m.b|upper b="x y" %})~", {{"b", "{{ a }}{{ b }}"}}, "&lt;I&gt;x y"},
                  {R"~({% include "b" with 1=x %})~",
                   {{"b", base}, {"e", "{% if %}"}, {"e2", "{{ x|divisibleby:0 }}"}},
                   "[base|bb&lt;i&gt;]"},
              });
}

TEST_CASE("an error carries the name of the template that it happens in") {
  const Pages pages({{"b", "x\n{{ x|divisibleby:0 }}"},
                     {"e", "\n\n  {% if %}"},
                     {"base", "{% block a %}{% endblock %}{% include 'gone' %}"},
                     {"deep", "{% include 'b' %}"}});
  RenderOptions options;
  options.loader = &pages;
  const nlohmann::json context = {{"x", 5}};
  const auto what = [&](std::string_view source) {
    const auto error = error_of(source, context, options);
    return error ? std::string(error->what()) : "no error";
  };
  CHECK(what("{% include 'b' %}") == "b:2:1: the filter 'divisibleby' cannot divide by 0");
  CHECK(what("{% include 'deep' %}") == "b:2:1: the filter 'divisibleby' cannot divide by 0");
  CHECK(what("{% include 'e' %}") == "e:3:3: the condition ends where a value is expected");
  CHECK(what("{% include 'gone' %}") == "t:1:1: there is no template 'gone'");
  CHECK(what("{% extends 'base' %}") == "base:1:28: there is no template 'gone'");
  CHECK(what("{% extends 'base' %}\n{% block a %}{{ x|divisibleby:0 }}{% endblock %}") ==
        "t:2:14: the filter 'divisibleby' cannot divide by 0");
  CHECK(what("{% if x %}{% include '../b' %}{% endif %}") == "t:1:11: there is no template '../b'");
  CHECK_FALSE(error_of("{% include 'gone' %}")->hint().empty());
}

TEST_CASE("templates that call each other without end are an error within milliseconds") {
  const Pages pages({{"self", "{{ x }}{% include 'self' %}"},
                     {"a", "{% if 1 %}{% include 'b' %}{% endif %}"},
                     {"b", "{% for c in 'x' %}{% include 'a' with x=c %}{% endfor %}"},
                     {"up", "{% extends 'up' %}"},
                     {"up1", "{% extends 'up2' %}{% block q %}{% endblock %}"},
                     {"up2", "{% extends 'up1' %}{% block q %}{% endblock %}"},
                     {"only", "{% include 'only' only %}"},
                     {"inside", "{% block q %}{% include 'inside' %}{% endblock %}"}});
  RenderOptions options;
  options.loader = &pages;
  for (const std::string name : {"self", "a", "b", "up", "up1", "only", "inside"}) {
    INFO(name);
    const auto error = error_of("{% include '" + name + "' %}", nlohmann::json::object(), options);
    REQUIRE(error.has_value());
    CHECK(error->sentence().find("more than 50 levels deep") != std::string::npos);
  }
}
