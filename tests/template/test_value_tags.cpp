#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"l": [1, 2, 3], "x": "outer", "m": {"a": 1, "b": "<i>"}, "key": "b", "n": null, "ll": [[1, 2], [3, 4]], "e": [], "f": 2.5, "p": [{"c": "A", "n": 1}, {"c": "A", "n": 2}, {"c": "B<", "n": 3}, {"c": "A", "n": 4}, {"n": 5}], "s": "aabbA", "r": [1, 1, 2, 2, 1], "t": true, "big": 1000000000000000000, "str": "7"})~";

}  // namespace

TEST_CASE("widthratio rounds as Python does") {
  check_rows(
      context, plain(),
      {
          {"{% widthratio 5 10 100 %}|{% widthratio f 10 100 %}|{% widthratio 1 8 100 %}|{% widthratio 3 8 100 %}",
           "50|25|12|38"},
          {"{% widthratio 5 2 1 %}{% widthratio 7 2 1 %}{% widthratio -5 2 1 %}{% widthratio -1 4 1 %}", "24-20"},
          {"{% widthratio 1 0 100 %}{% widthratio 0 0 100 %}{% widthratio 1 0.0 100 %}", "000"},
          {"{% widthratio x 10 100 %}{% widthratio 10 x 100 %}{% widthratio n 10 1 %}{% widthratio missing 10 1 %}|",
           "|"},
          {"{% widthratio 5 10 x %}", std::nullopt},
          {"{% widthratio 5 10 n %}", std::nullopt},
          {"{% widthratio 5 10 missing %}", std::nullopt},
          {"{% widthratio 5 10 f %}", "1"},
          {"{% widthratio 5 10 str %}", "4"},
          {R"~({% widthratio 5 10 "7.5" %})~", std::nullopt},
          {R"~({% widthratio 5 10 " 7 " %})~", "4"},
          {"{% widthratio str 10 100 %}{% widthratio t 2 100 %}{% widthratio l 2 100 %}|", "7050|"},
          {"{% widthratio 5 10 l %}", std::nullopt},
          {"{% widthratio 5 10 t %}", "0"},
          {R"~({% widthratio 5 10 "" %})~", std::nullopt},
          {"{% widthratio 1 3 1e300 %}",
           "33333333333333335083492008506814008290148952703605305163861803850393415266296939859545712502681595468123481"
           "46109612927256475077451201435252149307282622356609494624003088586012459434112649293633531229844116569333150"
           "27039679655880293358217580926714164859752929606685614279371889824065462288486466846720"},
          {"{% widthratio 1e308 1e-308 100 %}|", std::nullopt},
          {R"~({% widthratio 1 2 99999999999999999999 %}|{% widthratio big 1 big %}|{% widthratio 1 2 "99999999999999999999" %})~",
           "50000000000000000000|1000000000000000042420637374017961984|50000000000000000000"},
          {"{% widthratio 5 10 100 as w %}[{{ w }}]{% widthratio x 1 1 as w %}[{{ w }}]", "[50][]"},
          {"{% widthratio 5 10 100 is w %}", std::nullopt},
          {"{% widthratio 5 10 %}", std::nullopt},
          {"{% widthratio 5 10 100 as %}", std::nullopt},
          {"{% widthratio 5|default:missing 10 100 %}|", "|"},
          {"{% widthratio 5|default:missing 10 100 as x %}{{ x }}|", "outer|"},
          {"{% widthratio 5 10|default:missing x %}|", "|"},
          {R"~({% widthratio "nan" 1 1 %}|{% widthratio "inf" 1 1 %}|)~", "||"},
          {R"~({% widthratio 5 10 "inf" %})~", std::nullopt},
          {"{% widthratio 5 10 1e400 %}", std::nullopt},
          {"{% widthratio 1.5 1 1 %}{% widthratio 2.5 1 1 %}{% widthratio 0.5 1 1 %}{% widthratio -0.5 1 1 %}", "2200"},
      });
}

TEST_CASE("templatetag shows the marks of the language") {
  check_rows(context, plain(),
             {
                 {"{% templatetag openblock %}{% templatetag closeblock %}{% templatetag openvariable %}{% templatetag "
                  "closevariable %}{% templatetag openbrace %}{% templatetag closebrace %}{% templatetag opencomment "
                  "%}{% templatetag closecomment %}",
                  "{%%}{{}}{}{##}"},
                 {"{% templatetag %}", std::nullopt},
                 {"{% templatetag foo %}", std::nullopt},
                 {"{% templatetag openblock x %}", std::nullopt},
             });
}

TEST_CASE("load takes only what is built in") {
  check_rows(context, plain(),
             {
                 {"{% load humanize %}{% load %}{% load i18n l10n tz %}{% load intcomma from humanize %}ok", "ok"},
                 {"{% load foo %}", std::nullopt},
                 {"{% load humanize foo %}", std::nullopt},
                 {"{% load intcomma from foo %}", std::nullopt},
             });
}

TEST_CASE("now needs one format") {
  check_rows(context, plain(),
             {
                 {"{% now %}", std::nullopt},
                 {R"~({% now "Y" "m" %})~", std::nullopt},
                 {R"~({% now "Y" as %})~", std::nullopt},
                 {R"~({% now "Y" is q %})~", std::nullopt},
             });
}

TEST_CASE("a literal marked for translation is its text") {
  check_rows(context, plain(),
             {
                 {R"~({% with _("a") as b %}{{ b }}{% endwith %})~", "a"},
                 {R"~({% with a=_("a b") %}{{ a }}{% endwith %})~", "a b"},
                 {R"~({{ _("50% x")|upper }}{% if _("a") == "a" %}y{% endif %}{{ _("a")}})~", "50%% Xya"},
                 {R"~({{ x|default:_("a") }}{{ n|default:_("a<%") }})~", "outera<%%"},
                 {R"~({{ _('a') }}{{_('a\'b')}})~", "aa'b"},
                 {R"~({{ _("a) }})~", std::nullopt},
                 {"{{ _(x) }}", std::nullopt},
                 {R"~({{ _("a" ) }})~", std::nullopt},
                 {R"~({% firstof _("x y") %})~", "x y"},
                 {R"~({{ _("a")|add:_("b") }})~", "ab"},
                 {R"~({{ m.b|add:_("<") }})~", "<i><"},
                 {R"~({{ _("<a>") }})~", "<a>"},
                 {R"~({% if _("a b") == x %}{% endif %})~", ""},
                 {R"~({% if x == _("outer") %}y{% endif %})~", "y"},
                 {R"~({% firstof n|default:_("q r") %})~", "q r"},
             });
}

TEST_CASE("a literal marked for translation is safe") {
  check_rows(context, html(),
             {
                 {R"~({{ m.b|add:_("<") }})~", "&lt;i&gt;&lt;"},
             });
}

TEST_CASE("now shows the time of the rendering, in its zone and language") {
  auto options = shown_in("America/Santiago");
  options.now = egarage::core::parse_instant("2026-11-22T23:04:05Z").value();
  check_rows(context, options,
             {
                 {R"~({% now "d/m/Y H:i" %})~", "22/11/2026 20:04"},
                 {R"~({% now "j \d\e F" as day %}[{{ day }}])~", "[22 de Noviembre]"},
                 {R"~({% now "SHORT_DATE_FORMAT" %})~", "11/22/2026"},
                 {"{% now Y-m-d %}", "-11-"},
                 {R"~({% now "<Y>" %})~", "<2026>"},
             });
}
