#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

std::string references_of(std::string_view source) {
  std::string list;
  const auto parsed = Template::parse("t", std::string(source));
  for (const auto& reference : parsed.references()) {
    list += (list.empty() ? "" : " ") + reference.path;
  }
  return list;
}

struct ReferenceRow {
  std::string_view source, expected;
};

constexpr ReferenceRow rows[] = {
    {"nothing {{ 5 }}{{ 'a' }}{{ None }}{{ True }}{{ _('x') }}", ""},
    {"{{ cliente.nombre }}{{ b|default:c.d|upper }}", "cliente.nombre b c.d"},
    {"{{ l.0.nombre }}{{ l.12 }}", "l.*.nombre l.*"},
    {"{% if a and not b.c or d == 1 %}{% elif e in f %}{% endif %}", "a b.c d e f"},
    {"{% for r in datos.lista %}{{ r.nombre }}{{ forloop.counter }}{% endfor %}{{ r }}",
     "datos.lista datos.lista.*.nombre r"},
    {"{% for r in l %}{% for s in r.t %}{{ s }}{% endfor %}{% empty %}{{ r }}{% endfor %}", "l l.*.t l.*.t.* r"},
    {"{% for r in l|slice:':2' %}{{ r.nombre }}{% endfor %}", "l"},
    {"{% for a, b in l %}{{ a }}{{ b.c }}{% endfor %}", "l l.*.* l.*.*.c"},
    {"{% for k, v in m.items %}{{ k }}{{ v.c }}{% endfor %}", "m.items m.*.c"},
    {"{% with c=cliente d=c %}{{ c.nombre }}{{ d }}{% endwith %}{{ c }}", "cliente c cliente.nombre c c"},
    {"{% with cliente as c and x|upper as d %}{{ c.nombre }}{{ d.e }}{% endwith %}", "cliente x cliente.nombre"},
    {"{% with c='text' %}{{ c }}{% endwith %}", ""},
    {"{% include 'x' with a=b.c %}{% include d %}{{ a }}", "b.c d a"},
    {"{% extends e %}{% block x %}{{ block.super }}{{ f }}{% endblock %}", "e f"},
    {"{% firstof a b as c %}{{ c.d }}", "a b"},
    {"{% cycle a 'b' as c silent %}{{ c }}{% cycle c %}", "a"},
    {"{% now 'Y' as y %}{{ y }}{% widthratio a b c as w %}{{ w }}", "a b c"},
    {"{% regroup datos.lista by ciudad.nombre as g %}{% for c in g %}{{ c.grouper }}{% for r in c.list %}{{ r.x }}{% "
     "endfor %}{% endfor %}",
     "datos.lista datos.lista.*.ciudad.nombre datos.lista.*.ciudad.nombre datos.lista datos.lista.*.x"},
    {"{% regroup l|slice:':1' by a as g %}{{ g.0.grouper }}{{ g.0.list.0.b }}", "l"},
    {"{% filter default:a %}{{ var }}{{ b }}{% endfilter %}{{ var }}", "a b var"},
    {"{% ifchanged a.b %}{{ c }}{% else %}{{ d }}{% endifchanged %}", "a.b c d"},
    {"{% comment %}{{ a }}{% endcomment %}{# {{ b }} #}{% verbatim %}{{ c }}{% endverbatim %}", ""},
    {"{% autoescape off %}{{ a }}{% endautoescape %}{% spaceless %}{{ b }}{% endspaceless %}", "a b"},
};

}  // namespace

TEST_CASE("a template knows which variables it takes from its context") {
  for (const auto& row : rows) {
    INFO(row.source);
    CHECK(references_of(row.source) == row.expected);
  }
}

TEST_CASE("a reference and a dependency know where they stand") {
  const auto parsed =
      Template::parse("t", "{% extends 'base' %}\nñ {{ a.b }}{% include \"part\" with x=y %}{% include z %}");
  REQUIRE(parsed.references().size() == 3);
  CHECK(parsed.references()[0].path == "a.b");
  CHECK(parsed.references()[0].line == 2);
  CHECK(parsed.references()[0].column == 3);
  CHECK(parsed.references()[1].column == 12);
  REQUIRE(parsed.dependencies().size() == 2);
  CHECK(parsed.dependencies()[0].name == "base");
  CHECK(parsed.dependencies()[0].line == 1);
  CHECK(parsed.dependencies()[1].name == "part");
  CHECK(parsed.dependencies()[1].column == 12);
  CHECK(parsed.name() == "t");
}

TEST_CASE("a name may be set again as often as one likes") {
  std::string source;
  for (int i = 0; i < 1000; ++i) source += "{% firstof a as x %}";
  CHECK(Template::parse("t", source).references().size() == 1000);
}

TEST_CASE("paths that are followed do not grow without end") {
  const std::string long_name(900, 'a');
  std::string source;
  for (int i = 0; i < 40; ++i) source += "{% with x=x." + long_name + " %}";
  for (int i = 0; i < 5000; ++i) source += "{{ x }}";
  for (int i = 0; i < 40; ++i) source += "{% endwith %}";
  std::size_t octets = 0;
  const auto parsed = Template::parse("t", source);
  for (const auto& reference : parsed.references()) octets += reference.path.size();
  CHECK(octets < source.size());
}
