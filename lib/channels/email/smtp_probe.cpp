#include "channels/email/smtp_probe.hpp"

#include "channels/email/smtp_connection.hpp"

namespace egarage::channels::email {

std::optional<Standing> probe_smtp(Network& network, const core::EmailAccount& account, const core::Secret& password,
                                   const SmtpTimeouts& timeouts) {
  SmtpConnection connection(network, account, password, Reach::anywhere, timeouts.connect);
  while (connection.state() == SmtpConnection::State::connecting) {
    network.wait({}, std::chrono::milliseconds{200});
  }
  if (connection.state() == SmtpConnection::State::failed) return connection.failure();
  connection.stream().send("QUIT\r\n");  // politeness; nobody waits for the answer
  return std::nullopt;
}

}  // namespace egarage::channels::email
