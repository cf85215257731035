#include "channels/http/json_text.hpp"
#include "support/catch.hpp"

using egarage::channels::http::append_json_text;

TEST_CASE("a text becomes a JSON string, whatever is in it") {
  using namespace std::string_literals;
  struct Row {
    std::string text, json;
  };
  for (const auto& [text, json] : {
           Row{"", R"("")"},
           Row{"Ana", R"("Ana")"},
           Row{"Íñigo 🚗", R"("Íñigo 🚗")"},
           Row{"a\x7f", "\"a\x7f\""},
           Row{R"(a"b\c)", R"("a\"b\\c")"},
           Row{"a\nb\tc\x1f", R"("a\nb\tc\u001f")"},
           Row{"a\0b"s, R"("a\u0000b")"},
           Row{"a\xff", "\"a\xef\xbf\xbd\""},
       }) {
    std::string to = "x";
    append_json_text(to, text);
    CHECK(to == "x" + json);
  }
}
