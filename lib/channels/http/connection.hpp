#pragma once

#include <optional>

#include "channels/http/failure.hpp"
#include "channels/http/http_sender.hpp"
#include "channels/http/target.hpp"
#include "channels/http/tls_sessions.hpp"
#include "channels/stream.hpp"
#include "channels/transfers.hpp"

namespace egarage::channels::http {

/// One connection to a target's server, opened and secured by libcurl: names, addresses, happy eyeballs and TLS are its
/// business, what is said on it is not.
class Connection {
 public:
  /// Begins to connect; `owner.finished()` hears of the end. All must outlive the connection.
  Connection(Network& network, const TlsSessions& sessions, const Options& options, const Target& target,
             Transfer& owner);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Takes what owner.finished() has heard: whether octets may be sent now, or why not.
  std::optional<Failure> finish(CURLcode result);
  bool is_open() const { return socket_ != static_cast<std::intptr_t>(CURL_SOCKET_BAD); }
  /// Whether it leads where a request for `target` must go.
  bool leads_to(const Target& target) const { return same_server(target_, target); }

  /// To wait for. Once open.
  std::intptr_t socket() const { return socket_; }
  Stream& stream() { return stream_; }

 private:
  Failure explain(CURLcode result) const;
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

  Network::Implementation& network_;
  const Options& options_;
  Target target_;
  Stream stream_;
  bool refused_address_ = false;
  std::intptr_t socket_ = static_cast<std::intptr_t>(CURL_SOCKET_BAD);
};

}  // namespace egarage::channels::http
