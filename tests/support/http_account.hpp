#pragma once

#include "channels/http/http_sender.hpp"
#include "support/certificate.hpp"
#include "support/http_peer.hpp"
#include "support/plain_provider.hpp"
#include "support/sender_run.hpp"

namespace egarage::test {

/// What an account at a scripted server on this machine needs; deadlines are short.
inline channels::http::Options local_options(std::size_t connections = 3) {
  channels::http::Options options;
  options.connections = connections;
  options.reach.hosts = {"127.0.0.1"};
  options.timeouts.connect = std::chrono::seconds(1);
  options.timeouts.whole = std::chrono::seconds(1);
  return options;
}

inline std::string url_of(const HttpPeer& peer, const std::string& scheme = "http") {
  return scheme + "://127.0.0.1:" + std::to_string(peer.port);
}

inline std::vector<channels::Message> short_messages(std::size_t count) {
  std::vector<channels::Message> all(count);
  for (std::size_t i = 0; i < count; ++i) {
    all[i].recipient = "+5691234" + std::to_string(1000 + i);
    all[i].text = "Su vehículo está listo.";
  }
  return all;
}

/// Sends so many messages as `provider` says.
inline SenderRun send_over_http(std::unique_ptr<channels::http::Provider> provider, std::size_t count,
                                channels::http::Options options = local_options()) {
  channels::Network network;
  const auto sender = make_http_sender(network, std::move(provider), std::move(options));
  return run_sender(network, *sender, short_messages(count));
}

}  // namespace egarage::test
