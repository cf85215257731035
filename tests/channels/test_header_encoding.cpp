#include "channels/email/header_encoding.hpp"

#include <algorithm>

#include "core/utf8.hpp"
#include "support/catch.hpp"

using namespace egarage::channels::email;
using namespace std::string_literals;

namespace {

std::string text_field(std::string_view text) {
  std::string out;
  append_text_field(out, "Subject", text);
  return out;
}

std::string mailbox_field(std::string_view name, std::string_view address = "ana@example.cl") {
  std::string out;
  append_mailbox_field(out, "To", name, address);
  return out;
}

/// Checks every line of a field and reads its encoded words back (RFC 2047); each must hold whole code points.
std::string read_encoded_words(std::string field) {
  std::string text;
  REQUIRE(field.ends_with("\r\n"));
  for (std::size_t start = 0, end = 0; start < field.size(); start = end + 2) {
    end = field.find("\r\n", start);
    const auto line = field.substr(start, end - start);
    INFO(line);
    CHECK(line.size() <= 76);
    if (start > 0) CHECK(line.front() == ' ');
    const auto open = line.find("=?UTF-8?Q?"), close = line.find("?=", open + 10);
    if (open == std::string::npos) continue;
    CHECK(close + 2 - open <= 75);
    std::string word;
    for (auto at = open + 10; at < close; ++at) {
      if (line[at] == '=') {
        word += static_cast<char>(std::stoi(line.substr(at + 1, 2), nullptr, 16));
        at += 2;
      } else {
        word += line[at] == '_' ? ' ' : line[at];
      }
    }
    CHECK(egarage::core::is_valid_utf8(word));
    text += word;
  }
  return text;
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("plain text stands in a header as it is") {
  CHECK(text_field("Your car is ready (no. 5), O'Higgins & Co <3") ==
        "Subject: Your car is ready (no. 5), O'Higgins & Co <3\r\n");
  CHECK(text_field("") == "Subject:\r\n");
  CHECK(text_field("  a   b ") == "Subject: a b\r\n");
}

TEST_CASE("plain text is folded between words") {
  const auto field = text_field(repeated("reminder ", 20));
  CHECK(field == "Subject: reminder reminder reminder reminder reminder reminder reminder\r\n" +
                     (" " + repeated("reminder ", 8)).substr(0, 72) + "\r\n" +
                     (" " + repeated("reminder ", 5)).substr(0, 45) + "\r\n");
}

TEST_CASE("text beyond ASCII becomes encoded words") {
  CHECK(text_field("Su vehículo está listo") == "Subject: =?UTF-8?Q?Su_veh=C3=ADculo_est=C3=A1_listo?=\r\n");
  for (const auto& text :
       {"Recordatorio de mantenimiento: su camión cumple 10.000 km y le esperamos en Ñuñoa mañana"s,
        repeated("👩‍🔧", 40), repeated("ñ", 300), "x" + repeated("東京", 60), repeated("á b ", 100) + "c"}) {
    CHECK(read_encoded_words(text_field(text)) == text);
  }
}

TEST_CASE("what only looks like an encoded word is text") {
  const auto nested = "=?utf-8?Q?Hola=0D=0ABcc:_x@example.com?="s;
  const auto field = text_field(nested);
  CHECK(field.find("=?utf-8") == std::string::npos);
  CHECK(read_encoded_words(field) == nested);
  CHECK(read_encoded_words(mailbox_field("=?utf-8?Q?x?=")) == "=?utf-8?Q?x?=");
}

TEST_CASE("a word too long for a line is encoded, so that it can be folded") {
  const auto word = repeated("x", 400);
  CHECK(read_encoded_words(text_field(word)) == word);
  CHECK(read_encoded_words(mailbox_field(repeated("y", 150))) == repeated("y", 150));
}

TEST_CASE("line ends and controls in a value never make a new line") {
  for (const auto& text : {"a\r\nBcc: b@example.com"s, "a\nBcc: b@example.com"s, "a\rBcc: b@example.com"s,
                           "a\0Bcc: b@example.com"s, "a\u2028Bcc: b@example.com"s, "a\vBcc: b@example.com"s}) {
    CHECK(text_field(text) == "Subject: a Bcc: b@example.com\r\n");
    CHECK(mailbox_field(text) == "To: \"a Bcc: b@example.com\" <ana@example.cl>\r\n");
  }
  CHECK(mailbox_field("Ana\u202E Soto") == "To: Ana Soto <ana@example.cl>\r\n");
}

TEST_CASE("names are written plainly, quoted or encoded, as they need it") {
  struct Row {
    std::string name, field;
  };
  for (const auto& row :
       {Row{"", "To: ana@example.cl\r\n"}, Row{" \r\n ", "To: ana@example.cl\r\n"},
        Row{"Ana Soto", "To: Ana Soto <ana@example.cl>\r\n"},
        Row{"O'Higgins & Co", "To: O'Higgins & Co <ana@example.cl>\r\n"},
        Row{"Soto, Ana", "To: \"Soto, Ana\" <ana@example.cl>\r\n"},
        Row{"Taller S.A.", "To: \"Taller S.A.\" <ana@example.cl>\r\n"},
        Row{R"(Ana "la \ jefa")", R"(To: "Ana \"la \\ jefa\"" <ana@example.cl>)"
                                  "\r\n"},
        Row{"x@example.com <y@example.com>", "To: \"x@example.com <y@example.com>\" <ana@example.cl>\r\n"},
        Row{"Marta Ríos", "To: =?UTF-8?Q?Marta_R=C3=ADos?= <ana@example.cl>\r\n"},
        Row{"bad\xFF", "To: =?UTF-8?Q?bad=EF=BF=BD?= <ana@example.cl>\r\n"}}) {
    INFO(row.name);
    CHECK(mailbox_field(row.name) == row.field);
  }
}

TEST_CASE("an address that does not fit beside the name stands on its own line") {
  const auto address = repeated("a", 60) + "@example.cl";
  CHECK(mailbox_field("Ana Soto", address) == "To: Ana Soto\r\n <" + address + ">\r\n");
  CHECK(mailbox_field(repeated("Soto, ", 12), address).find("\r\n <" + address + ">\r\n") != std::string::npos);
}

TEST_CASE("endless values are cut between code points") {
  CHECK(read_encoded_words(text_field(repeated("ñ", 50'000))) == repeated("ñ", 450));
  CHECK(read_encoded_words(text_field("x" + repeated("ñ", 50'000))) == "x" + repeated("ñ", 449));
  CHECK(read_encoded_words(mailbox_field(repeated("ñ", 10'000))) == repeated("ñ", 100));
  CHECK(text_field(repeated("word ", 20'000)).size() < 1000);
}

TEST_CASE("a line with an encoded word stays within 76 octets, the address included") {
  for (std::size_t length = 1; length < 60; ++length) {
    CHECK(read_encoded_words(mailbox_field("ñ" + repeated("x", length))) == "ñ" + repeated("x", length));
  }
}
