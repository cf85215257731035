#pragma once

#include "support/scripted_peer.hpp"

namespace egarage::test {

struct SmtpPeer : ScriptedPeer {
  explicit SmtpPeer(std::vector<std::string> arguments) : ScriptedPeer("smtp_peer.py", std::move(arguments)) {}
};

}  // namespace egarage::test
