#include "channels/email/smtp_classify.hpp"

#include "support/catch.hpp"
#include "support/outcome_kind.hpp"

using namespace egarage::channels;
using namespace egarage::channels::email;
using egarage::test::kind_of;

namespace {

struct Row {
  Phase phase;
  std::string reply;
  std::string message;  ///< what becomes of it
  std::string account;
  std::chrono::hours pause{0};
};

}  // namespace

TEST_CASE("replies mean what RFC 5321, RFC 3463 and the providers say") {
  using enum Phase;
  const Row rows[] = {
      // Opening the connection.
      {greeting, "421 4.7.0 try later", "returned", "paused"},
      {greeting, "450 busy", "returned", "paused"},
      {greeting, "554 5.7.1 not you", "returned", "blocked"},
      {hello, "451 4.3.0 later", "returned", "paused"},
      {hello, "550 go away", "returned", "blocked"},
      {login, "535 5.7.8 bad credentials", "returned", "blocked"},
      {login, "534 5.7.9 application-specific password required", "returned", "blocked"},
      {login, "530 5.7.0 must authenticate", "returned", "blocked"},
      {login, "535 5.7.139 authentication unsuccessful", "returned", "blocked"},
      {login, "550 5.7.30 basic authentication is not supported", "returned", "blocked"},
      {login, "454 4.7.0 temporary authentication failure", "returned", "paused"},
      {login, "421 4.7.0 too many logins", "returned", "paused"},
      {login, "432 4.3.2 concurrent connections limit exceeded", "returned", "paused"},
      // The account's limits, whatever the first digit.
      {end_of_data, "550 5.4.5 Daily user sending quota exceeded.", "returned", "paused", std::chrono::hours(24)},
      {mail, "550 5.4.5 Daily user sending limit exceeded.", "returned", "paused", std::chrono::hours(24)},
      {end_of_data, "554 5.2.0 SubmissionQuotaExceededException", "returned", "paused", std::chrono::hours(24)},
      {end_of_data, "550 5.1.90 daily limit for recipients", "returned", "paused", std::chrono::hours(24)},
      {end_of_data, "550 5.1.8 Access denied, bad outbound sender", "returned", "paused", std::chrono::hours(24)},
      {end_of_data, "432 4.3.2 concurrent connections", "returned", "paused"},
      // MAIL is the sender's matter.
      {mail, "550 5.1.0 sender rejected", "returned", "blocked"},
      {mail, "553 5.1.7 bad sender", "returned", "blocked"},
      {mail, "550 5.7.1 sender not allowed", "returned", "blocked"},
      {mail, "530 5.7.0 authentication required", "returned", "blocked"},
      {mail, "451 4.3.0 later", "deferred", "ok"},
      {mail, "452 4.3.1 out of storage", "deferred", "ok"},
      {mail, "552 5.3.4 too big", "rejected:message", "ok"},
      {mail, "555 parameters not recognised", "rejected:message", "ok"},
      {recipient, "550 5.1.8 sender address rejected: domain not found", "returned", "blocked"},
      {recipient, "530 5.7.0 authentication required", "returned", "blocked"},
      // The address.
      {recipient, "550 5.1.1 no such user", "rejected:address", "ok"},
      {recipient, "550 5.1.2 no such domain", "rejected:address", "ok"},
      {recipient, "501 5.1.3 bad syntax", "rejected:address", "ok"},
      {recipient, "551 5.1.6 moved", "rejected:address", "ok"},
      {recipient, "556 5.1.10 null MX", "rejected:address", "ok"},
      {recipient, "550 5.2.1 disabled", "rejected:address", "ok"},
      {recipient, "550 5.4.4 unable to route", "rejected:address", "ok"},
      {recipient, "550 no such user here", "rejected:address", "ok"},
      {recipient, "553 mailbox name not allowed", "rejected:address", "ok"},
      // Never the address: full, policy, size, content, temporary.
      {recipient, "552 5.2.2 mailbox full", "deferred", "ok"},
      {recipient, "550 5.2.2 over quota", "deferred", "ok"},
      {recipient, "552 storage exceeded", "deferred", "ok"},
      {end_of_data, "552 5.2.2 mailbox full", "deferred", "ok"},
      {recipient, "550 5.7.1 blocked", "rejected:message", "ok"},
      {recipient, "554 5.7.1 relay access denied", "rejected:message", "ok"},
      {recipient, "550 rejected by spam policy", "rejected:message", "ok"},
      {recipient, "554 no", "rejected:message", "ok"},
      {recipient, "550 5.7.25 no PTR record", "rejected:message", "ok"},
      {recipient, "550 5.0.0 unknown reason", "rejected:message", "ok"},
      {recipient, "450 4.2.1 receiving mail too quickly", "deferred", "ok"},
      {recipient, "452 4.2.2 mailbox full", "deferred", "ok"},
      {recipient, "451 4.7.1 greylisted", "deferred", "ok"},
      {data, "451 4.3.0 later", "deferred", "ok"},
      {data, "554 5.5.1 no", "rejected:message", "ok"},
      {end_of_data, "451 4.7.1 later", "deferred", "ok"},
      {end_of_data, "552 5.3.4 too big", "rejected:message", "ok"},
      {end_of_data, "552 5.2.3 too big for the mailbox", "rejected:message", "ok"},
      {end_of_data, "554 5.6.0 content", "rejected:message", "ok"},
      {end_of_data, "550 5.7.26 unauthenticated mail (DMARC)", "rejected:message", "ok"},
      {end_of_data, "550 5.7.515 access denied", "rejected:message", "ok"},
      {end_of_data, "554 5.7.9 policy", "rejected:message", "ok"},
      {end_of_data, "550 5.1.1 after the dot it is not the address's turn", "rejected:message", "ok"},
      // The connection has carried its share.
      {mail, "452 4.7.0 too many messages on this connection", "returned", "ok"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.reply);
    SmtpReplyParser parser;
    const std::string line = row.reply + "\r\n";
    std::string_view octets = line;
    REQUIRE(parser.parse(octets) == SmtpReplyParser::Result::complete);
    const Verdict verdict = classify(row.phase, parser.reply());
    const Reply why = record(row.phase, parser.reply());
    const Standing standing = make_standing(verdict, why);
    CHECK(kind_of(make_outcome(verdict, why)) == row.message);
    CHECK(egarage::core::name_of(standing_names, standing.state) == row.account);
    CHECK(standing.retry_after.value_or(std::chrono::seconds(0)) == row.pause);
    CHECK(standing.reply.has_value() == (row.account != "ok"));
  }
}

TEST_CASE("complaints about pipelining are told from refusals") {
  const auto complains = [](std::string line) {
    SmtpReplyParser parser;
    line += "\r\n";
    std::string_view octets = line;
    REQUIRE(parser.parse(octets) == SmtpReplyParser::Result::complete);
    return complains_about_pipelining(parser.reply());
  };
  CHECK(complains("503 5.5.1 Bad sequence of commands"));
  CHECK(complains("554 SMTP synchronization error"));
  CHECK(complains("550 5.5.0 Improper use of SMTP command PIPELINING"));
  CHECK_FALSE(complains("550 5.1.1 no such user"));
  CHECK_FALSE(complains("451 4.3.0 try later"));
}
