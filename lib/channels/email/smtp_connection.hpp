#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channels/email/smtp_login.hpp"
#include "channels/outcome.hpp"
#include "channels/stream.hpp"
#include "channels/transfers.hpp"
#include "core/email_account.hpp"
#include "core/secret.hpp"

namespace egarage::channels::email {

enum class Reach { anywhere, loopback_only };

/// A connection that libcurl opens, secures and logs in; from then on a stream of octets that never blocks.
class SmtpConnection final : private Transfer {
 public:
  /// Begins to connect. `timeout` is for everything up to and including the login.
  SmtpConnection(Network& network, const core::EmailAccount& account, const core::Secret& password, Reach reach,
                 std::chrono::seconds timeout);
  ~SmtpConnection() override;
  SmtpConnection(const SmtpConnection&) = delete;
  SmtpConnection& operator=(const SmtpConnection&) = delete;

  enum class State { connecting, established, failed };
  State state() const { return state_; }
  /// Once established.
  const SmtpOffer& offer() const { return login_.offer(); }
  /// Once failed: why, and what that means for the account (never `ok`).
  const Standing& failure() const { return failure_; }

  /// The socket, to wait for. Once established.
  std::intptr_t socket() const { return socket_; }
  Stream& stream() { return stream_; }

 private:
  void configure(const core::EmailAccount& account, const core::Secret& password, std::chrono::seconds timeout);
  void finished(CURLcode result) override;
  Standing explain(CURLcode result) const;
  Reply without_credentials(Reply reply) const;
  Phase phase_reached(CURLcode result) const;
  static std::size_t hear(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t discard(char* data, std::size_t size, std::size_t count, void*) noexcept;
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

  Network::Implementation& network_;
  Stream stream_;
  SmtpLogin login_;
  core::TlsMode tls_;
  bool with_user_;
  bool refused_address_ = false;
  std::vector<core::Secret> secrets_;  ///< the password in every form in which the server has seen it
  State state_ = State::connecting;
  Standing failure_;
  std::intptr_t socket_ = -1;
};

}  // namespace egarage::channels::email
