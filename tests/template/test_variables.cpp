#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"cliente": {"nombre": "Ana", "apellido": "O'Higgins & Cía <b>", "tags": ["uno", "dos", "tres"]}, "n": 5, "z": 0, "f": 3.5, "t": true, "no": null, "e": "", "l": [1, 2, 3], "m": {"a": 1, "b": "x"}, "s": "Hola", "ff": false, "el": []})~";

constexpr std::string_view context_2 =
    R"~({"vehiculo": {"__str__": "ABCD12 - Yaris", "patente": "ABCD12"}, "b": 1e+22, "c": 1e-07, "d": 0.1, "e": 123456789.125, "f": -0.0, "g": 100.0, "h": 1e+16, "i": [1.5, 1e+16, 1e-05, null, true, "it's", "q\"s", "both'\"", "tab\t", " ", "ñ"], "j": {"k": [{}]}, "big": 9007199254740993})~";

}  // namespace

TEST_CASE("variables, literals and printed values come out as in Django") {
  check_rows(context, plain(),
             {
                 {"plain", "plain"},
                 {"{{ cliente.nombre }}", "Ana"},
                 {"{{cliente.nombre}}", "Ana"},
                 {"{{  cliente.nombre  }}", "Ana"},
                 {"{{ cliente.tags.1 }}", "dos"},
                 {"{{ cliente.tags.9 }}", ""},
                 {"{{ missing }}", ""},
                 {"[{{ cliente.missing.deep }}]", "[]"},
                 {"{{ n }}", "5"},
                 {"{{ f }}", "3.5"},
                 {"{{ t }}", "True"},
                 {"{{ ff }}", "False"},
                 {"{{ no }}", "None"},
                 {"{{ e }}", ""},
                 {"{{ l }}", "[1, 2, 3]"},
                 {"{{ m }}", "{'a': 1, 'b': 'x'}"},
                 {"{{ s.0 }}", "H"},
                 {"{{ s.9 }}", ""},
                 {"{{ None }}", "None"},
                 {"{{ True }}", "True"},
                 {"{{ False }}", "False"},
                 {"[{{ true }}]", "[]"},
                 {R"~({{ "literal" }})~", "literal"},
                 {"{{ 'single' }}", "single"},
                 {R"~({{ "a \"quoted\" \\ word" }})~", R"~(a "quoted" \ word)~"},
                 {"{{ 42 }}", "42"},
                 {"{{ -7 }}", "-7"},
                 {"{{ +7 }}", "7"},
                 {"{{ 3.25 }}", "3.25"},
                 {"{{ -3.5 }}", "-3.5"},
                 {"{{ 1e3 }}", "1000.0"},
                 {"{{ 1_000 }}", "1000"},
                 {"[{{ 2. }}]", "[]"},
                 {"{{ m.items }}", "dict_items([('a', 1), ('b', 'x')])"},
                 {"{{ m.keys }}", "dict_keys(['a', 'b'])"},
                 {"{{ m.values }}", "dict_values([1, 'x'])"},
                 {"{{ l.0 }}{{ l.1 }}", "12"},
                 {"{{ m.a.b }}", ""},
                 {"[{{ n.x }}]", "[]"},
                 {"{{ cliente.tags }}", "['uno', 'dos', 'tres']"},
                 {"{{ no.x }}|", "|"},
                 {"{{ s.upper_missing }}|", "|"},
             });
}

TEST_CASE("variables, literals and printed values come out as in Django (2)") {
  check_rows(context_2, plain(),
             {
                 {"{{ vehiculo }}", "ABCD12 - Yaris"},
                 {"{{ vehiculo.patente }}", "ABCD12"},
                 {"{{ b }}", "10000000000000000000000"},
                 {"{{ c }}", "0.0000001"},
                 {"{{ d }}", "0.1"},
                 {"{{ e }}", "123456789.125"},
                 {"{{ f }}", "-0.0"},
                 {"{{ g }}", "100.0"},
                 {"{{ h }}", "10000000000000000"},
                 {"{{ i }}", R"~([1.5, 1e+16, 1e-05, None, True, "it's", 'q"s', 'both\'"', 'tab\t', '\xa0', 'ñ'])~"},
                 {"{{ j }}", "{'k': [{}]}"},
                 {"{{ big }}", "9007199254740993"},
                 {"{% if vehiculo %}y{% endif %}", "y"},
             });
}
