#include "core/utf8.hpp"

#include "support/catch.hpp"

using namespace egarage::core;
using namespace std::string_literals;

TEST_CASE("valid UTF-8 comes back unchanged") {
  for (const auto& text :
       {""s, "plain"s, "Revisión técnica: 5.000 km"s, "Zoë 👩‍🔧 東京"s, "\xF4\x8F\xBF\xBF"s, "\xEF\xBF\xBF"s,
        "a longer line of nothing but ASCII, with an ñ near its end"s}) {
    INFO(text);
    CHECK(is_valid_utf8(text));
    CHECK(valid_utf8(text) == text);
  }
}

TEST_CASE("what is not UTF-8 becomes U+FFFD, one for each broken sequence") {
  struct Row {
    std::string bad, good;
  };
  for (const auto& row : {Row{"a\xFFz", "a\uFFFDz"}, Row{"\x80", "\uFFFD"}, Row{"caf\xE9 solo", "caf\uFFFD solo"},
                          Row{"\xC0\xAF", "\uFFFD\uFFFD"},                      // overlong
                          Row{"\xE0\x80\xAF", "\uFFFD\uFFFD\uFFFD"},            // overlong
                          Row{"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},            // surrogate
                          Row{"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},  // above U+10FFFF
                          Row{"\xE2\x82", "\uFFFD"},                            // truncated
                          Row{"\xE2\x82 x", "\uFFFD x"}, Row{"\xF0\x9F\x91", "\uFFFD"}, Row{"\xC3\xC3\xB1", "\uFFFDñ"},
                          Row{"x\0y"s, "x\uFFFDy"}, Row{"0123456\0 89abcdef"s, "0123456\uFFFD 89abcdef"}}) {
    INFO(row.good);
    CHECK_FALSE(is_valid_utf8(row.bad));
    CHECK(valid_utf8(row.bad) == row.good);
  }
}

TEST_CASE("every broken octet in a long text is found, wherever it stands") {
  for (std::size_t at = 0; at < 40; ++at) {
    for (const char octet : {'\0', '\xFF', '\x80'}) {
      std::string text(40, 'x');
      text[at] = octet;
      CHECK_FALSE(is_valid_utf8(text));
      CHECK(valid_utf8(text).size() == 42);
    }
  }
}

TEST_CASE("a text is cut between code points") {
  CHECK(cut_utf8("señal", 10) == "señal");
  CHECK(cut_utf8("señal", 6) == "señal");
  CHECK(cut_utf8("señal", 4) == "señ");
  CHECK(cut_utf8("señal", 3) == "se");
  CHECK(cut_utf8("👍👍", 7) == "👍");
  CHECK(cut_utf8("👍", 3) == "");
  CHECK(cut_utf8("", 0) == "");
}

TEST_CASE("one line holds no line ends, controls or direction overrides") {
  struct Row {
    std::string text, line;
  };
  for (const auto& row :
       {Row{"", ""}, Row{"  Ana   Soto ", "Ana Soto"}, Row{"Ana\r\nBcc: x@example.com", "Ana Bcc: x@example.com"},
        Row{"a\0b"s, "a b"}, Row{"a\tb\vc\fd", "a b c d"}, Row{"\x1b[31mrojo", "[31mrojo"},
        Row{"a\u2028b\u2029c\u0085d", "a b c d"}, Row{"abc\u202Egpj.exe", "abcgpj.exe"},
        Row{"\u2066x\u2069 \u200Ey\u200F\u061C", "x y"}, Row{"\x7F", ""}, Row{"mal\xFF", "mal\uFFFD"},
        Row{"👩‍🔧 Ñandú", "👩‍🔧 Ñandú"}}) {
    INFO(row.line);
    CHECK(one_line(row.text) == row.line);
  }
}
