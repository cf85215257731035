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
