#pragma once

#include <string_view>

#include "channels/email/smtp_offer.hpp"
#include "channels/email/smtp_reply.hpp"
#include "channels/outcome.hpp"
#include "core/email_account.hpp"

namespace egarage::channels::email {

/// Listens in while libcurl opens a connection (greeting, EHLO, STARTTLS, EHLO, AUTH), because libcurl's own result
/// codes do not tell a temporary refusal from a wrong password.
class SmtpLogin {
 public:
  SmtpLogin(core::TlsMode tls, bool with_user);

  /// The server's next line. False: it is not SMTP or exceeds the limits, give up.
  bool hear(std::string_view line);

  /// What the server was asked last: greeting, hello, tls (STARTTLS) or login.
  Phase phase() const { return phase_; }
  /// Its last complete reply, for the phase in which it came.
  const Reply& last() const { return last_; }
  /// What the EHLO that counts (the one after TLS) offered.
  const SmtpOffer& offer() const { return offer_; }
  /// The server has accepted the credentials (235, RFC 4954 §4).
  bool logged_in() const { return logged_in_; }
  /// libcurl will give up now and wait for the reply to its QUIT.
  bool hopeless() const { return hopeless_; }

 private:
  void note_capability(std::string_view line);
  void advance(const SmtpReply& reply);

  core::TlsMode tls_;
  bool with_user_;
  bool secured_;
  SmtpReplyParser parser_;
  std::size_t lines_ = 0;
  Phase phase_ = Phase::greeting;
  Reply last_;
  SmtpOffer offer_;
  bool logged_in_ = false;
  bool hopeless_ = false;
};

}  // namespace egarage::channels::email
