#include "channels/http/connection.hpp"

#include "channels/address_scope.hpp"
#include "channels/record.hpp"
#include "channels/tls_failure.hpp"

namespace egarage::channels::http {

namespace {

long milliseconds(std::chrono::seconds time) { return static_cast<long>(std::chrono::milliseconds(time).count()); }

}  // namespace

Connection::Connection(Network& network, const TlsSessions& sessions, const Options& options, const Target& target,
                       Transfer& owner)
    : network_(network.implementation()), options_(options), target_(target) {
  stream_.set(CURLOPT_SHARE, sessions.handle());
  // The path and query of the request stay out: they are nothing that libcurl needs to know.
  stream_.set(CURLOPT_URL, (target_.scheme + "://" + target_.host + ":" + target_.port + "/").c_str());
  stream_.set(CURLOPT_PROTOCOLS_STR, "http,https");
  stream_.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  stream_.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options_.timeouts.connect));
  stream_.set(CURLOPT_TIMEOUT_MS, milliseconds(options_.timeouts.whole));
  stream_.set(CURLOPT_OPENSOCKETFUNCTION, &Connection::open_socket);
  stream_.set(CURLOPT_OPENSOCKETDATA, this);
  stream_.trust_only(options_.ca_file);
  network_.add(stream_.handle(), owner);
}

Connection::~Connection() { network_.take_out(stream_.handle()); }

curl_socket_t Connection::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& connection = *static_cast<Connection*>(self);
  const auto scope = scope_of(*address);
  const bool in_clear = connection.target_.scheme == "http";
  const bool allowed = (scope == AddressScope::everywhere && !in_clear) ||
                       (scope == AddressScope::loopback && connection.target_.loopback) ||
                       (scope != AddressScope::nowhere && !in_clear && connection.options_.reach.private_addresses);
  if (allowed) return ::socket(address->family, address->socktype, address->protocol);
  connection.refused_address_ = true;
  return CURL_SOCKET_BAD;
}

std::optional<Failure> Connection::finish(CURLcode result) {
  if (result == CURLE_OK) socket_ = stream_.socket();
  if (is_open()) return std::nullopt;
  return explain(result);
}

Failure Connection::explain(CURLcode result) const {
  using enum Standing::State;
  using Taken = Failure::Taken;
  if (refused_address_) {
    return {Taken::certainly_not, blocked,
            record(Phase::connect, "\"" + target_.host + "\" leads to an address that this account may not speak to")};
  }
  if (result == CURLE_OK) {
    return {Taken::certainly_not, paused, record(Phase::connect, "the connection ended before anything was sent")};
  }
  const auto why = stream_.words(result);
  if (is_tls_disagreement(result, why)) return {Taken::certainly_not, blocked, record(Phase::tls, why)};
  const bool in_handshake = result == CURLE_SSL_CONNECT_ERROR;
  return {Taken::certainly_not, paused, record(in_handshake ? Phase::tls : Phase::connect, why)};
}

}  // namespace egarage::channels::http
