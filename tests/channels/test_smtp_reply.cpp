#include "channels/email/smtp_reply.hpp"

#include "support/catch.hpp"

using namespace egarage::channels;
using namespace egarage::channels::email;
using Result = SmtpReplyParser::Result;

namespace {

struct Row {
  std::string octets;
  int code;
  std::string enhanced, text;
};

}  // namespace

TEST_CASE("a reply is read whole, whatever the pieces it arrives in") {
  const Row rows[] = {
      {"250 ok\r\n", 250, "", "ok"},
      {"250\r\n", 250, "", ""},
      {"250 \r\n", 250, "", ""},
      {"354 go\n", 354, "", "go"},
      {"571 5.7.1 no\r\n", 571, "5.7.1", "no"},
      {"550 5.1.1 no such user\r\n", 550, "5.1.1", "no such user"},
      {"550-5.1.1 The account\r\n550-5.1.1 does not\r\n550 5.1.1 exist\r\n", 550, "5.1.1",
       "The account does not exist"},
      {"250-one\r\n250-two\r\n250 three\r\n", 250, "", "one two three"},
      {"452 4.2.2\r\n", 452, "4.2.2", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.octets);
    for (std::size_t piece = 1; piece <= row.octets.size(); ++piece) {
      SmtpReplyParser parser;
      Result result = Result::incomplete;
      for (std::size_t at = 0; at < row.octets.size(); at += piece) {
        REQUIRE(result == Result::incomplete);
        std::string_view octets = std::string_view(row.octets).substr(at, piece);
        result = parser.parse(octets);
        CHECK(octets.empty());
      }
      REQUIRE(result == Result::complete);
      CHECK(parser.reply().code == row.code);
      CHECK(parser.reply().enhanced == row.enhanced);
      CHECK(parser.reply().text == row.text);
    }
  }
}

TEST_CASE("what follows a reply is left for the next one") {
  SmtpReplyParser parser;
  std::string_view octets = "250 2.1.0 a\r\n550 b\r\n35";
  CHECK(parser.parse(octets) == Result::complete);
  CHECK(parser.reply().enhanced == "2.1.0");
  CHECK(parser.parse(octets) == Result::complete);
  CHECK(parser.reply().code == 550);
  CHECK(parser.reply().enhanced.empty());
  CHECK(parser.parse(octets) == Result::incomplete);
  CHECK(octets.empty());
}

TEST_CASE("what is not SMTP is malformed") {
  for (const std::string& octets :
       {std::string("2x0 ok\r\n"), std::string("hello\r\n"), std::string("\r\n"), std::string("25\r\n"),
        std::string("150 ok\r\n"), std::string("650 ok\r\n"), std::string("250ok\r\n"), std::string("250\tok\r\n"),
        std::string("250 a\0b\r\n", 9), std::string("250-a\r\n550 b\r\n"), std::string(" 250 ok\r\n")}) {
    CAPTURE(octets);
    SmtpReplyParser parser;
    std::string_view rest = octets;
    CHECK(parser.parse(rest) == Result::malformed);
  }
}

TEST_CASE("endless lines and endless replies come to an end") {
  SmtpReplyParser long_line;
  const std::string piece(1000, 'x');
  int pieces = 0;
  for (std::string_view octets = piece; long_line.parse(octets) == Result::incomplete; octets = piece) ++pieces;
  CHECK(pieces <= 9);

  SmtpReplyParser many_lines;
  int lines = 0;
  for (std::string_view octets = "220-more\r\n"; many_lines.parse(octets) == Result::incomplete;
       octets = "220-more\r\n") {
    ++lines;
  }
  CHECK(lines <= 100);
}

TEST_CASE("a status is read only where RFC 3463 has it") {
  CHECK(leading_status("5.1.1 x") == "5.1.1");
  CHECK(leading_status("4.7.100") == "4.7.100");
  CHECK(leading_status("2.0.0\tok") == "2.0.0");
  for (const char* text :
       {"", "5", "5.1", "5.1.", "5.1.1x", "5.1.1.1", "3.1.1 x", "5.1000.1 x", "x 5.1.1", "10.0.0.1"}) {
    CAPTURE(text);
    CHECK(leading_status(text).empty());
  }
}

TEST_CASE("a record is one clean line of at most 500 octets") {
  SmtpReplyParser parser;
  const std::string reply = "550 bad \x1b[31m\xff\xfe\tthing " + std::string(2000, 'x') + "\r\n";
  std::string_view octets = reply;
  REQUIRE(parser.parse(octets) == Result::complete);
  const Reply kept = record(Phase::mail, parser.reply());
  CHECK(kept.code == 550);
  CHECK(kept.text.size() <= 500);
  CHECK(kept.text.find('\x1b') == std::string::npos);
  CHECK(kept.text.find('\t') == std::string::npos);
  CHECK(kept.text.find("\xef\xbf\xbd") != std::string::npos);
}

TEST_CASE("the server's name for a message is found where servers put it") {
  CHECK(provider_id("Ok: queued as 4BxY7z") == "4BxY7z");
  CHECK(provider_id("OK id=1hQabc-0001 more") == "1hQabc-0001");
  CHECK(provider_id("Ok").empty());
}
