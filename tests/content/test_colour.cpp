#include "content/colour.hpp"

#include "support/catch.hpp"

using namespace egarage::content;

TEST_CASE("colours are six hexadecimal digits after a hash, and nothing else") {
  CHECK(parse_colour("#0A7d4f") == 0x0a7d4f);
  for (const auto* bad : {"", "#fff", "0a7d4f0", "#0a7d4g", "#0a7d4f;", "red", "# a7d4f", "#-a7d4f", "#+a7d4f"}) {
    INFO(bad);
    CHECK_FALSE(parse_colour(bad));
  }
}

TEST_CASE("whatever accent a company chose, its e-mails can be read") {
  for (const auto* accent : {"#000000", "#ffffff", "#f2b705", "#808080", "#1f6feb", "", "nonsense"}) {
    INFO(accent);
    const auto palette = palette_of(accent);
    CHECK(contrast(*parse_colour(palette.accent), *parse_colour(palette.text_on_accent)) >= 3.8);
    CHECK(contrast(*parse_colour(palette.link), 0xffffff) >= 4.5);
    CHECK(contrast(*parse_colour(palette.edge), 0xffffff) >= 1.3);
  }
  CHECK(palette_of("#f2b705").text_on_accent == "#24292e");
  CHECK(palette_of("#b3261e").text_on_accent == "#ffffff");
  CHECK(palette_of("#f2b705").edge == "#f2b705");
}
