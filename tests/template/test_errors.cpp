#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

struct ErrorRow {
  std::string_view source;
  std::size_t line, column;
  std::string_view sentence;  ///< must occur in it
  std::string_view hint = {};
};

constexpr ErrorRow error_rows[] = {
    {"{{ a|uper }}", 1, 1, "unknown filter 'uper'", "did you mean 'upper'?"},
    {"Hola\n  ñandú {{ a|defualt:1 }}", 2, 9, "unknown filter 'defualt'", "did you mean 'default'?"},
    {"{% fi a %}", 1, 1, "unknown tag 'fi'", "did you mean 'if'?"},
    {"x\n{% if a %}\n{% endfi %}", 3, 1, "unexpected tag 'endfi'", "did you mean 'endif'?"},
    {"x\ny {% if a %}z", 2, 3, "the tag 'if' is never closed", "endif"},
    {"{% for a in b %}{% if c %}{% endfor %}", 1, 27, "unexpected tag 'endfor'"},
    {"{% for a in b %}", 1, 1, "the tag 'for' is never closed", "endfor"},
    {"{% comment %}{% if %}", 1, 1, "the tag 'comment' is never closed", "endcomment"},
    {"{% endif %}", 1, 1, "unknown tag 'endif'"},
    {"{{ }}", 1, 1, "an empty variable"},
    {"a{%  %}", 1, 2, "an empty tag"},
    {"{% if %}x{% endif %}", 1, 1, "the condition ends where a value is expected"},
    {"{% if a == %}x{% endif %}", 1, 1, "the condition ends where a value is expected"},
    {"{% if == a %}x{% endif %}", 1, 1, "'==' stands where a value is expected"},
    {"{% if a b %}x{% endif %}", 1, 1, "'b' is left over"},
    {"{% if a not b %}x{% endif %}", 1, 1, "'not' cannot stand between"},
    {"{% if a %}{% else x %}{% endif %}", 1, 11, "malformed"},
    {"{% if a %}{% else %}{% elif b %}{% endif %}", 1, 21, "unexpected tag 'elif'"},
    {"{% for a b %}{% endfor %}", 1, 1, "'for' is incomplete"},
    {"{% for a of b %}{% endfor %}", 1, 1, "no 'in'"},
    {"{% for a, in b %}{% endfor %}", 1, 1, "invalid variable name"},
    {"{% for a|b in c %}{% endfor %}", 1, 1, "invalid variable name"},
    {"{% with %}{% endwith %}", 1, 1, "needs at least one assignment"},
    {"{% with a=1 b %}{% endwith %}", 1, 1, "does not understand 'b'"},
    {"{% autoescape maybe %}{% endautoescape %}", 1, 1, "needs 'on' or 'off'"},
    {"{% firstof %}", 1, 1, "needs at least one value"},
    {"{{ a|default }}", 1, 1, "the filter 'default' needs an argument"},
    {"{{ a|upper:1 }}", 1, 1, "the filter 'upper' takes no argument"},
    {"{{ a|default: 1 }}", 1, 1, "could not understand"},
    {"{{ a| }}", 1, 1, "a filter's name is missing"},
    {"{{ a b }}", 1, 1, "could not understand ' b'"},
    {"{{ |upper }}", 1, 1, "does not begin with a variable"},
    {"{{ \"open }}", 1, 1, "does not begin with a variable"},
    {"{{ _secret }}", 1, 1, "may not begin with an underscore"},
    {"{{ a._secret }}", 1, 1, "may not begin with an underscore"},
    {"ok\nok\n{{ a|ljust:\"x\" }}", 3, 1, "the argument of the filter 'ljust' is not a whole number"},
    {"{{ a|default:missing }}", 1, 1, "the variable 'missing' does not exist"},
    {"{{ a|divisibleby:0 }}", 1, 1, "cannot divide by 0"},
    {"a {% for x, y in list %}{% endfor %}", 1, 3, "needs 2 values to unpack, the item has 1", ".items"},
    {"{% for x in a %}{% endfor %}", 1, 1, "can only go over a list"},
    {"{{ day|date:\"H:i\" }}", 1, 1, "is a date without a time"},
    {"{% url 'x' %}", 1, 1, "unknown tag 'url'", "full address"},
    {"{% if a %}{% trans 'x' %}{% endif %}", 1, 11, "unknown tag 'trans'", "one template for each language"},
    {"{{ a|random }}", 1, 1, "unknown filter 'random'", "a fixed item"},
    {"a {{ a|upper|pprint }}", 1, 3, "unknown filter 'pprint'", "leave it out"},
    {"{{ a|truncatechars_html:9 }}", 1, 1, "unknown filter 'truncatechars_html'", "truncatechars"},
    {"{% csrf_token %}", 1, 1, "unknown tag 'csrf_token'", "no form"},
    {"{% static 'x' %}", 1, 1, "unknown tag 'static'", "https://"},
    {"{% debug %}", 1, 1, "unknown tag 'debug'", "leave it out"},
    {"{% lorem %}", 1, 1, "unknown tag 'lorem'", "write the text itself"},
    {"{% load static %}", 1, 1, "libraries of a web application are not available", "leave the tag out"},
    {"{% spaceles %}", 1, 1, "unknown tag 'spaceles'", "did you mean 'spaceless'?"},
    {"{% spaceless %}{% endspacless %}", 1, 16, "unexpected tag 'endspacless'", "did you mean 'endspaceless'?"},
    {"{% block a %}\n{% endblock b %}", 2, 1, "does not close the block 'a'", "{% endblock a %}"},
    {"{% block a %}{% endblock %}{% block a %}{% endblock %}", 1, 28, "stands twice", "a name of its own"},
    {"{% block a b %}{% endblock %}", 1, 1, "'block' needs one name"},
    {"{{ a }}{% extends 'b' %}", 1, 8, "must be the first tag"},
    {"{% extends 'b' 'c' %}", 1, 1, "needs the name of one template"},
    {"{% extends a %}", 1, 1, "is not the name of a template", "in quotes"},
    {"{% extends 'b' %}", 1, 1, "there is no template 'b' here", "alone"},
    {"{% block a %}{{ block.super }}{% endblock %}", 1, 14, "extends no other"},
    {"{% include %}", 1, 1, "needs the name of a template", "write {% include"},
    {"{% include 'b' with %}", 1, 1, "needs at least one assignment", "write {% include"},
    {"{% include 'b' x %}", 1, 1, "does not understand 'x'"},
    {"{% include 'b' only only %}", 1, 1, "stands twice"},
    {"{% include list %}", 1, 1, "is not the name of a template"},
    {"{% cycle %}", 1, 1, "'cycle' needs values"},
    {"{% cycle a %}", 1, 1, "no cycle before this one has the name 'a'"},
    {"{% cycle a b as c loud %}", 1, 1, "only 'silent' may stand, not 'loud'"},
    {"{% filter %}{% endfilter %}", 1, 1, "needs at least one filter"},
    {"{% filter upper|safe %}{% endfilter %}", 1, 1, "'safe' cannot stand", "autoescape"},
    {"{% now %}", 1, 1, "needs one format", "d/m/Y"},
    {"{% regroup a by b %}", 1, 1, "'regroup' is incomplete", "write {% regroup"},
    {"{% regroup a by b as c %}", 1, 1, "can only go over a list"},
    {"{% templatetag openblok %}", 1, 1, "does not know 'openblok'", "did you mean 'openblock'?"},
    {"{% widthratio a b %}", 1, 1, "needs three arguments"},
    {"{% widthratio a 1 'x' %}", 1, 1, "is not a whole number"},
    {"ok\n\xff", 2, 1, "not valid UTF-8"},
};

}  // namespace

TEST_CASE("an error names file, line, column and the nearest known name") {
  const nlohmann::json context = {{"a", 5}, {"list", {1, 2}}, {"day", "2026-11-22"}};
  for (const auto& row : error_rows) {
    INFO("template: " << row.source);
    const auto error = error_of(row.source, context);
    REQUIRE(error.has_value());
    CHECK(error->line() == row.line);
    CHECK(error->column() == row.column);
    INFO(error->what() << " / " << error->hint());
    CHECK(error->sentence().find(row.sentence) != std::string::npos);
    CHECK(error->hint().find(row.hint) != std::string::npos);
  }
  CHECK(std::string(error_of("{{ a|uper }}")->what()) == "t:1:1: unknown filter 'uper'");
}
