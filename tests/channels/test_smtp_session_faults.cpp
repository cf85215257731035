#include "channels/email/smtp_session.hpp"
#include "support/catch.hpp"
#include "support/smtp_talk.hpp"

using namespace egarage::channels;
using namespace egarage::channels::email;
using egarage::test::SmtpTalk;
using Pipelining = SmtpTalk::Pipelining;
using Waiting = SmtpSession::Waiting;

namespace {

const std::string agreed = "250 a\r\n250 b\r\n354 go\r\n";

/// Message 1 is after its dot; with pipelining message 2's envelope is behind it.
SmtpTalk after_the_dot(Pipelining pipelining = Pipelining::yes) {
  SmtpTalk talk(pipelining);
  talk.submit(1);
  talk.sends();
  if (pipelining == Pipelining::yes) {
    talk.session.receive(agreed, talk.results);
    talk.submit(2);
    talk.sends();
  } else {
    for (const char* reply : {"250 a\r\n", "250 b\r\n", "354 go\r\n"}) talk.answer(reply);
  }
  REQUIRE(talk.session.waiting() == Waiting::for_verdict);
  return talk;
}

}  // namespace

TEST_CASE("a connection that ends while the verdict is due leaves the message uncertain") {
  SECTION("closed") {
    SmtpTalk talk = after_the_dot();
    talk.closes();
    CHECK(talk.outcomes() == "1 uncertain end_of_data 0; 2 returned end_of_data 0");
  }
  SECTION("silent") {
    SmtpTalk talk = after_the_dot(Pipelining::no);
    talk.times_out();
    CHECK(talk.outcomes() == "1 uncertain end_of_data 0");
  }
  SECTION("half a code") {
    SmtpTalk talk = after_the_dot();
    talk.answer("25");
    CHECK(talk.results.empty());
    talk.closes();
    CHECK(talk.outcomes() == "1 uncertain end_of_data 0; 2 returned end_of_data 0");
  }
  SECTION("250 without the end of its line") {
    SmtpTalk talk = after_the_dot();
    talk.answer("250 Ok");
    talk.closes();
    CHECK(talk.outcomes() == "1 uncertain end_of_data 0; 2 returned end_of_data 0");
  }
}

TEST_CASE("garbage instead of the verdict leaves the message uncertain") {
  for (const std::string& garbage :
       {std::string("2x0 ok\r\n"), std::string("250 a\0\r\n", 8), std::string(1 << 20, 'x'),
        std::string("354 more\r\n"), std::string("250-a\r\n550 b\r\n")}) {
    SmtpTalk talk = after_the_dot();
    talk.answer(garbage);
    CHECK(talk.outcomes() == "1 uncertain end_of_data 0; 2 returned end_of_data 0");
    CHECK(talk.session.finished());
    CHECK(talk.session.standing().state == Standing::State::ok);
  }
}

TEST_CASE("an endless reply is cut off") {
  SmtpTalk talk = after_the_dot();
  for (int i = 0; i < 200 && !talk.session.finished(); ++i) talk.answer("250-more\r\n");
  CHECK(talk.session.finished());
  CHECK(talk.outcomes() == "1 uncertain end_of_data 0; 2 returned end_of_data 0");
}

TEST_CASE("a connection that ends in the body has not taken the message") {
  for (const bool closed : {true, false}) {
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    talk.session.receive(agreed, talk.results);
    talk.session.sent(talk.session.output().size() - 1);  // all but the last LF of CRLF.CRLF
    CHECK(talk.session.waiting() == Waiting::for_reply);
    closed ? talk.closes() : talk.times_out();
    CHECK(talk.outcomes() == "1 deferred body 0");
    CHECK_FALSE(talk.session.pipelining_failed());
  }
}

TEST_CASE("a refusal in the middle of the body counts, an acceptance there does not") {
  for (const auto& [reply, outcome] : {std::pair{"552 5.3.4 too big\r\n", "1 rejected:message body 552"},
                                       {"451 4.3.0 later\r\n", "1 deferred body 451"},
                                       {"250 ok\r\n", "1 deferred body 0"}}) {
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    talk.session.receive(agreed, talk.results);
    talk.session.sent(5);
    talk.session.receive(reply, talk.results);
    CHECK(talk.outcomes() == outcome);
    CHECK(talk.session.finished());
  }
}

TEST_CASE("421 ends the connection: deferred after the dot, given back before the body, the account pauses") {
  SECTION("instead of the verdict") {
    SmtpTalk talk = after_the_dot();
    talk.answer("421 4.3.2 closing\r\n");
    CHECK(talk.outcomes() == "1 deferred end_of_data 421; 2 returned end_of_data 421");
    CHECK(talk.session.standing().state == Standing::State::paused);
  }
  SECTION("in the middle of a group") {
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    talk.answer("250 a\r\n421 4.3.2 closing\r\n");
    CHECK(talk.outcomes() == "1 returned recipient 421");
    CHECK(talk.session.standing().state == Standing::State::paused);
  }
  SECTION("after messages that went through: the connection has carried its share, a new one may go on") {
    SmtpTalk talk = after_the_dot();
    talk.answer("250 ok\r\n421 4.7.0 too many messages\r\n");
    CHECK(talk.outcomes() == "1 accepted end_of_data 250; 2 returned mail 421");
    CHECK(talk.session.standing().state == Standing::State::ok);
  }
  SECTION("452 too many messages likewise") {
    SmtpTalk talk = after_the_dot();
    talk.answer("250 ok\r\n452 4.7.0 Too many messages\r\n");
    CHECK(talk.outcomes() == "1 accepted end_of_data 250; 2 returned mail 452");
    CHECK(talk.session.standing().state == Standing::State::ok);
  }
  SECTION("452 too many messages on a fresh connection pauses") {
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    talk.answer("452 4.7.0 Too many messages\r\n");
    CHECK(talk.outcomes() == "1 returned mail 452");
    CHECK(talk.session.standing().state == Standing::State::paused);
  }
  SECTION("while nothing is under way") {
    SmtpTalk talk;
    talk.answer("421 4.4.2 idle\r\n");
    CHECK(talk.results.empty());
    CHECK(talk.session.standing().state == Standing::State::ok);
  }
}

TEST_CASE("a connection that ends before anything was said about a message gives it back") {
  for (const Pipelining pipelining : {Pipelining::yes, Pipelining::no}) {
    SmtpTalk talk(pipelining);
    talk.submit(1);
    talk.sends();
    talk.closes();
    CHECK(talk.outcomes() == "1 returned mail 0");
  }
}

TEST_CASE("a connection that ends after the server began to talk about a message costs an attempt") {
  SmtpTalk talk(Pipelining::no);
  talk.submit(1);
  talk.sends();
  talk.answer("250 a\r\n");
  talk.closes();
  CHECK(talk.outcomes() == "1 deferred recipient 0");
  SmtpTalk at_data;
  at_data.submit(1);
  at_data.sends();
  at_data.answer("250 a\r\n250 b\r\n250 not 354\r\n");
  CHECK(at_data.outcomes() == "1 deferred data 0");
}

TEST_CASE("silence at the first command of a group is the server's, not pipelining's") {
  SmtpTalk talk;
  talk.submit(1);
  talk.sends();
  talk.times_out();
  CHECK(talk.outcomes() == "1 returned mail 0");
  CHECK_FALSE(talk.session.pipelining_failed());
}

TEST_CASE("a server that loses piped commands has failed at pipelining") {
  SECTION("silence after the first reply of a group") {
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    talk.answer("250 a\r\n");
    talk.times_out();
    CHECK(talk.outcomes() == "1 returned recipient 0");
    CHECK(talk.session.pipelining_failed());
  }
  SECTION("silence after the verdict") {
    SmtpTalk talk = after_the_dot();
    talk.answer("250 ok\r\n");
    talk.times_out();
    CHECK(talk.outcomes() == "1 accepted end_of_data 250; 2 returned mail 0");
    CHECK(talk.session.pipelining_failed());
  }
  SECTION("503 to a command in its right place") {
    for (const char* replies : {"503 a\r\n", "250 a\r\n503 b\r\n", "250 a\r\n250 b\r\n503 c\r\n",
                                "250 a\r\n554 5.5.0 Error: SMTP protocol synchronization\r\n"}) {
      SmtpTalk talk;
      talk.submit(1);
      talk.sends();
      talk.answer(replies);
      CHECK(talk.outcomes().starts_with("1 returned"));
      CHECK(talk.session.pipelining_failed());
      CHECK(talk.session.finished());
    }
  }
  SECTION("but 503 behind a refusal is in order") {
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    talk.answer("250 a\r\n550 5.1.1 no\r\n503 no recipients\r\n");
    CHECK_FALSE(talk.session.pipelining_failed());
  }
  SECTION("and without pipelining it is a refusal") {
    SmtpTalk talk(Pipelining::no);
    talk.submit(1);
    talk.sends();
    talk.answer("250 a\r\n");
    talk.answer("503 5.5.1 no\r\n");
    CHECK(talk.outcomes() == "1 rejected:message recipient 503");
    CHECK_FALSE(talk.session.pipelining_failed());
  }
}

TEST_CASE("a refused RSET gives the message back") {
  SmtpTalk talk;
  talk.submit(1);
  talk.sends();
  talk.answer("250 a\r\n550 5.1.1 no\r\n554 no\r\n");
  talk.submit(2);
  talk.sends();
  talk.answer("500 what\r\n");
  CHECK(talk.outcomes() == "1 rejected:address recipient 550; 2 returned mail 0");
  CHECK(talk.session.finished());
}

TEST_CASE("a reply nobody asked for ends the connection") {
  SmtpTalk talk;
  talk.answer("250 hello\r\n");
  CHECK(talk.session.finished());
}
