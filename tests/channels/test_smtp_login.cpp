#include "channels/email/smtp_login.hpp"

#include "support/catch.hpp"

using namespace egarage::channels;
using namespace egarage::channels::email;
using egarage::core::TlsMode;

namespace {

bool hear(SmtpLogin& login, std::initializer_list<const char*> lines) {
  bool sensible = true;
  for (const char* line : lines) sensible = login.hear(std::string(line) + "\r\n") && sensible;
  return sensible;
}

}  // namespace

TEST_CASE("what counts is what the server offers after TLS") {
  SmtpLogin login(TlsMode::starttls, true);
  CHECK(hear(login, {"220-peer.example", "220 ready", "250-peer.example", "250-PIPELINING", "250-AUTH PLAIN",
                     "250-SIZE 1000", "250 STARTTLS"}));
  CHECK(login.phase() == Phase::tls);
  CHECK(login.offer().starttls);
  CHECK(hear(login, {"220 go"}));
  CHECK_FALSE(login.offer().authentication);
  CHECK(hear(login, {"250-peer.example", "250-auth=PLAIN", "250 size 2000"}));
  CHECK(login.offer().authentication);
  CHECK(login.offer().size);
  CHECK(login.offer().maximum_size == 2000);
  CHECK_FALSE(login.offer().pipelining);
  CHECK(login.phase() == Phase::login);
  CHECK(hear(login, {"334 VXNlcm5hbWU6", "235 welcome"}));
  CHECK(login.logged_in());
  CHECK_FALSE(login.hopeless());
}

TEST_CASE("refusals are remembered with their phase") {
  SmtpLogin greeting(TlsMode::none, false);
  hear(greeting, {"554 5.7.1 no"});
  CHECK(greeting.last().phase == Phase::greeting);
  CHECK(greeting.last().enhanced == "5.7.1");
  CHECK(greeting.hopeless());

  SmtpLogin login(TlsMode::implicit, true);
  hear(login, {"220 ready", "250-peer", "250 AUTH PLAIN", "454 4.7.0 later"});
  CHECK(login.last().phase == Phase::login);
  CHECK(login.last().code == 454);
  hear(login, {"221 bye"});  // the answer to libcurl's QUIT
  CHECK(login.last().code == 454);
  CHECK_FALSE(login.logged_in());
}

TEST_CASE("a server that knows no EHLO may still know HELO") {
  SmtpLogin login(TlsMode::none, false);
  hear(login, {"220 ready", "502 what", "250 peer"});
  CHECK_FALSE(login.hopeless());
  CHECK(login.phase() == Phase::login);
  CHECK(login.last().code == 250);
}

TEST_CASE("a set-up that cannot succeed is known as such") {
  SmtpLogin no_starttls(TlsMode::starttls, true);
  hear(no_starttls, {"220 ready", "250-peer", "250 AUTH PLAIN"});
  CHECK(no_starttls.hopeless());

  SmtpLogin no_auth(TlsMode::implicit, true);
  hear(no_auth, {"220 ready", "250 peer"});
  CHECK(no_auth.hopeless());
}

TEST_CASE("garbage and endless talk end the set-up") {
  SmtpLogin garbage(TlsMode::none, false);
  CHECK_FALSE(hear(garbage, {"hello"}));
  SmtpLogin endless(TlsMode::none, false);
  int lines = 0;
  while (endless.hear("220-more\r\n")) ++lines;
  CHECK(lines <= 100);
}
