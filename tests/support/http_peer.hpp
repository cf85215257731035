#pragma once

#include "support/scripted_peer.hpp"

namespace egarage::test {

struct HttpPeer : ScriptedPeer {
  explicit HttpPeer(std::vector<std::string> arguments) : ScriptedPeer("http_peer.py", std::move(arguments)) {}

  std::size_t connections() const { return count("\"fact\": \"connection\""); }
  std::size_t requests() const { return count("\"fact\": \"request\""); }
};

}  // namespace egarage::test
