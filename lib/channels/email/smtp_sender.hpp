#pragma once

#include <functional>
#include <memory>

#include "channels/channel.hpp"
#include "core/email_account.hpp"
#include "core/secret.hpp"

namespace egarage::channels::email {

/// How long to wait for what (RFC 5321 §4.5.3.2 asks for more; reminders and cron runs live with less).
struct SmtpTimeouts {
  std::chrono::seconds connect{30};       ///< TCP, TLS, greeting, EHLO and login together
  std::chrono::seconds command{120};      ///< any reply before the message
  std::chrono::seconds end_of_data{600};  ///< the verdict; a shorter wait makes more duplicates (RFC 1047)
  std::chrono::seconds idle{30};          ///< a connection without work is closed after this
};

struct SmtpOptions {
  std::size_t connections = 8;  ///< at most, at the same time
  bool pipelining = true;       ///< false once the server has shown that it mishandles it
  bool loopback_only = false;   ///< refuse to connect to anything but 127.0.0.0/8 and ::1 (tests, demos)
  SmtpTimeouts timeouts;
  std::function<void()> pipelining_failed = [] {};  ///< called once, so that the account can remember it
};

/// Sends over SMTP (RFC 5321) with PIPELINING (RFC 2920). libcurl opens, secures and authenticates each connection
/// (CURLOPT_CONNECT_ONLY); the mail transaction is ours, so that the phase is always known exactly.
std::unique_ptr<Sender> make_smtp_sender(Network& network, const core::EmailAccount& account, core::Secret password,
                                         SmtpOptions options);

}  // namespace egarage::channels::email
