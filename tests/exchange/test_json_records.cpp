#include "exchange/json_records.hpp"

#include <array>
#include <sstream>

#include "records_of.hpp"
#include "support/catch.hpp"

using namespace egarage::exchange;

namespace {

constexpr std::array columns{Column::key("key"), Column{"name"}, Column::number("total"), Column::flag("sold"),
                             Column::list("covers")};

}  // namespace

TEST_CASE("JSON Lines are objects, one a line") {
  struct Row {
    const char *what, *text, *records;
  };
  for (const auto& row :
       {Row{"all kinds of values", R"({"key":"a","name":"Ana","total":120.50,"sold":true,"covers":["x","y"]})",
            "1[a|Ana|120.50|yes|x|y]"},
        Row{"numbers as they are written", R"({"key":7,"total":45990})", "1[7|-|45990|-|-]"},
        Row{"null is empty", R"({"key":"a","name":null})", "1[a||-|-|-]"},
        Row{"a list without any is said", R"({"key":"a","covers":[]})", "1[a|-|-|-|none]"},
        Row{"a list of one", R"({"key":"a","covers":["x"]})", "1[a|-|-|-|x]"},
        Row{"a text in the place of a list", R"({"key":"a","covers":"x|y"})", "1[a|-|-|-|x|y]"},
        Row{"a byte order mark, CR LF and blank lines", "\xEF\xBB\xBF\r\n{\"key\":\"a\"}\r\n\r\n {\"key\":\"b\"}",
            "2[a|-|-|-|-] 4[b|-|-|-|-]"},
        Row{"escapes", R"({"key":"a","name":"Mu\u00f1oz\n\"x\""})", "1[a|Muñoz\n\"x\"|-|-|-]"}}) {
    INFO(row.what);
    CHECK(records_of(row.text, columns) == row.records);
  }
}

TEST_CASE("a line of JSON that cannot be read costs itself and no other") {
  struct Row {
    const char *text, *refusal;
  };
  for (const auto& row :
       {Row{R"({"key":"a")", "is not valid JSON (octet 11)"}, Row{R"({"key":"a"} x)", "is not valid JSON (octet 13)"},
        Row{R"(["a"])", "is not a JSON object"}, Row{R"("a")", "is not a JSON object"},
        Row{R"({"name":"Ana"})", "has no \"key\""},
        Row{R"({"key":"a","nmae":"Ana"})", "has an unknown key \"nmae\"; did you mean \"name\"?"},
        Row{R"({"key":"a","key":"b"})", "has the key \"key\" twice"},
        Row{R"({"key":"a","name":{"x":1}})", "has an object inside the object"},
        Row{R"({"key":"a","name":["Ana"]})", "has a list as \"name\""},
        Row{R"({"key":"a","covers":[["x"]]})", "has a list inside a list"},
        Row{"{\"key\":\"Mu\xF1oz\"}", "is not valid JSON (octet 12)"}}) {
    INFO(row.text);
    CHECK(records_of("{\"key\":\"x\"}\n" + std::string(row.text) + "\n{\"key\":\"y\"}\n", columns) ==
          "1[x|-|-|-|-] 2!" + std::string(row.refusal) + " 3[y|-|-|-|-]");
  }
}

TEST_CASE("a line of JSON longer than a mebibyte is refused") {
  const auto line = "{\"key\":\"a\",\"name\":\"" + std::string(longest_record, 'x') + "\"}\n";
  CHECK(records_of("{\"key\":\"x\"}\n" + line + "{\"key\":\"y\"}\n", columns) ==
        "1[x|-|-|-|-] 2!is longer than 1 MiB 3[y|-|-|-|-]");
}
