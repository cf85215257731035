#include "channels/email/smtp_session.hpp"

#include "support/catch.hpp"
#include "support/smtp_talk.hpp"

using namespace egarage::channels;
using namespace egarage::channels::email;
using egarage::test::SmtpTalk;
using Pipelining = SmtpTalk::Pipelining;

namespace {

const std::string envelope_1 = "MAIL FROM:<shop@example.com>\r\nRCPT TO:<r1@example.cl>\r\nDATA\r\n";
const std::string envelope_2 = "MAIL FROM:<shop@example.com>\r\nRCPT TO:<r2@example.cl>\r\nDATA\r\n";
const std::string body = "Subject: x\r\n\r\nHello\r\n.\r\n";
const std::string agreed = "250 a\r\n250 b\r\n354 go\r\n";

}  // namespace

TEST_CASE("with pipelining a message takes two groups of octets") {
  SmtpTalk talk;
  CHECK(talk.session.has_room());
  talk.submit(1);
  CHECK_FALSE(talk.session.has_room());
  CHECK(talk.sends() == envelope_1);
  CHECK(talk.answer("250 a\r\n250 b\r\n").empty());
  CHECK(talk.answer("354 go\r\n") == body);
  CHECK(talk.answer("250 2.0.0 Ok: queued as Q1\r\n").empty());
  CHECK(talk.outcomes() == "1 accepted end_of_data 250");
  const auto& accepted = std::get<Accepted>(talk.results[0].outcome);
  CHECK(accepted.provider_id == "Q1");
  CHECK(accepted.reply.enhanced == "2.0.0");
  CHECK(talk.session.idle());
}

TEST_CASE("the next message's envelope stands behind the final dot, in one piece with the body") {
  SmtpTalk talk;
  talk.submit(1);
  talk.sends();
  talk.session.receive(agreed, talk.results);
  REQUIRE(talk.session.has_room());
  talk.submit(2);
  CHECK_FALSE(talk.session.has_room());
  CHECK(talk.sends() == body + envelope_2);
  CHECK(talk.answer("250 ok\r\n" + agreed) == body);
  CHECK(talk.answer("250 ok\r\n").empty());
  CHECK(talk.outcomes() == "1 accepted end_of_data 250; 2 accepted end_of_data 250");
}

TEST_CASE("without pipelining there is one command at a time") {
  SmtpTalk talk(Pipelining::no);
  talk.submit(1);
  CHECK_FALSE(talk.session.has_room());
  CHECK(talk.sends() == "MAIL FROM:<shop@example.com>\r\n");
  CHECK(talk.answer("250 a\r\n") == "RCPT TO:<r1@example.cl>\r\n");
  CHECK(talk.answer("250 b\r\n") == "DATA\r\n");
  CHECK(talk.answer("354 go\r\n") == body);
  CHECK_FALSE(talk.session.has_room());
  CHECK(talk.answer("250 ok\r\n").empty());
  CHECK(talk.outcomes() == "1 accepted end_of_data 250");
  CHECK(talk.session.has_room());
}

TEST_CASE("a line that begins with a dot gets another one, and a body without a line end gets one") {
  SmtpTalk talk;
  talk.submit(1, ".a\r\n.\r\n..b\r\nc.d\r\n.e");
  talk.sends();
  CHECK(talk.answer(agreed) == "..a\r\n..\r\n...b\r\nc.d\r\n..e\r\n.\r\n");
}

TEST_CASE("the size is announced where the server asks for it, and a message too large is not sent") {
  SmtpTalk talk(Pipelining::yes, 30);
  talk.submit(1);
  CHECK(talk.sends().starts_with("MAIL FROM:<shop@example.com> SIZE=21\r\n"));
  SmtpTalk small(Pipelining::yes, 20);
  small.submit(1);
  CHECK(small.sends().empty());
  CHECK(small.outcomes() == "1 rejected:message mail 0");
  CHECK(small.session.has_room());
}

TEST_CASE("a refused recipient costs neither the connection nor the next message") {
  SmtpTalk talk;
  talk.submit(1);
  talk.sends();
  CHECK(talk.answer("250 a\r\n550 5.1.1 no such user\r\n").empty());
  CHECK(talk.outcomes() == "1 rejected:address recipient 550");
  CHECK_FALSE(talk.session.has_room());  // the reply to DATA is still to come
  CHECK(talk.answer("554 5.5.1 no valid recipients\r\n").empty());
  REQUIRE(talk.session.has_room());
  talk.submit(2);
  CHECK(talk.sends() == "RSET\r\n" + envelope_2);
  CHECK(talk.answer("250 reset\r\n" + agreed) == body);
  talk.answer("250 ok\r\n");
  CHECK(talk.outcomes() == "1 rejected:address recipient 550; 2 accepted end_of_data 250");
}

TEST_CASE("a refused recipient without pipelining is followed by RSET before the next message") {
  SmtpTalk talk(Pipelining::no);
  talk.submit(1);
  talk.sends();
  talk.answer("250 a\r\n");
  CHECK(talk.answer("450 4.2.0 greylisted\r\n").empty());
  CHECK(talk.outcomes() == "1 deferred recipient 450");
  REQUIRE(talk.session.has_room());
  talk.submit(2);
  CHECK(talk.sends() == "RSET\r\n");
  CHECK(talk.answer("250 reset\r\n") == "MAIL FROM:<shop@example.com>\r\n");
}

TEST_CASE("a server that says 354 after it refused the only recipient gets a lone dot and nothing of the message") {
  for (const char* to_the_dot : {"554 5.5.1 no valid recipients\r\n", "250 ok\r\n"}) {
    CAPTURE(to_the_dot);
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    CHECK(talk.answer("250 a\r\n550 5.1.1 no\r\n354 go\r\n") == ".\r\n");
    CHECK_FALSE(talk.session.has_room());
    CHECK(talk.answer(to_the_dot).empty());
    CHECK(talk.outcomes() == "1 rejected:address recipient 550");
    REQUIRE(talk.session.has_room());
    talk.submit(2);
    CHECK(talk.sends() == envelope_2);  // the end of data has ended the transaction
  }
}

TEST_CASE("a refused sender blocks the account, whatever the server says to the commands behind it") {
  for (const char* rest : {"503 need MAIL\r\n503 need RCPT\r\n", "250 b\r\n354 go\r\n", ""}) {
    CAPTURE(rest);
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    CHECK(talk.answer(std::string("550 5.7.1 sender not allowed\r\n") + rest).empty());
    CHECK(talk.outcomes() == "1 returned mail 550");
    CHECK(talk.session.standing().state == Standing::State::blocked);
    CHECK(talk.session.finished());
  }
}

TEST_CASE("a temporarily refused sender leaves the connection in order") {
  SmtpTalk talk;
  talk.submit(1);
  talk.sends();
  talk.answer("451 4.3.0 later\r\n503 need MAIL\r\n");
  CHECK_FALSE(talk.session.has_room());
  talk.answer("503 need RCPT\r\n");
  CHECK(talk.outcomes() == "1 deferred mail 451");
  REQUIRE(talk.session.has_room());
  talk.submit(2);
  CHECK(talk.sends() == envelope_2);
}

TEST_CASE("DATA refused defers or rejects the message and leaves the connection in order") {
  for (const auto& [reply, outcome] : {std::pair{"451 4.3.0 later\r\n", "1 deferred data 451"},
                                       {"554 5.7.1 refused\r\n", "1 rejected:message data 554"}}) {
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    CHECK(talk.answer(std::string("250 a\r\n250 b\r\n") + reply).empty());
    CHECK(talk.outcomes() == outcome);
    talk.submit(2);
    CHECK(talk.sends() == "RSET\r\n" + envelope_2);
  }
}

TEST_CASE("a refusal after the dot does not touch the envelope behind it") {
  for (const auto& [reply, outcome] : {std::pair{"451 4.7.1 later\r\n", "1 deferred end_of_data 451"},
                                       {"554 5.6.0 content\r\n", "1 rejected:message end_of_data 554"}}) {
    SmtpTalk talk;
    talk.submit(1);
    talk.sends();
    talk.session.receive(agreed, talk.results);
    talk.submit(2);
    talk.sends();
    CHECK(talk.answer(reply + agreed) == body);
    talk.answer("250 ok\r\n");
    CHECK(talk.outcomes() == std::string(outcome) + "; 2 accepted end_of_data 250");
  }
}

TEST_CASE("commands behind the dot may be refused while the message before them is accepted") {
  SmtpTalk talk;
  talk.submit(1);
  talk.sends();
  talk.session.receive(agreed, talk.results);
  talk.submit(2);
  talk.sends();
  CHECK(talk.answer("250 ok\r\n250 a\r\n550 5.1.1 no\r\n503 no recipients\r\n").empty());
  CHECK(talk.outcomes() == "1 accepted end_of_data 250; 2 rejected:address recipient 550");
  CHECK(talk.session.has_room());
}

TEST_CASE("an exhausted daily quota pauses the account and gives the messages back") {
  SmtpTalk talk;
  talk.submit(1);
  talk.sends();
  talk.session.receive(agreed, talk.results);
  talk.submit(2);
  talk.sends();
  talk.answer("550 5.4.5 Daily user sending limit exceeded.\r\n");
  CHECK(talk.outcomes() == "1 returned end_of_data 550; 2 returned end_of_data 550");
  CHECK(talk.session.standing().state == Standing::State::paused);
  CHECK(talk.session.standing().retry_after == std::chrono::hours(24));
}

TEST_CASE("stop gives back what is not in its body and waits for the verdict that is due") {
  SmtpTalk talk;
  talk.submit(1);
  talk.sends();
  talk.session.receive(agreed, talk.results);
  talk.submit(2);
  talk.sends();
  talk.session.stop({}, talk.results);
  CHECK(talk.outcomes() == "2 returned connect 0");
  CHECK_FALSE(talk.session.finished());
  CHECK_FALSE(talk.session.has_room());
  CHECK(talk.answer("250 ok\r\n" + agreed).empty());
  CHECK(talk.outcomes() == "2 returned connect 0; 1 accepted end_of_data 250");
  CHECK(talk.session.finished());
}
