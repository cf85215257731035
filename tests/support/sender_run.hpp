#pragma once

#include <csignal>
#include <map>
#include <string>
#include <vector>

#include "channels/channel.hpp"
#include "support/outcome_kind.hpp"

namespace egarage::test {

/// What became of a run: `2 accepted, 1 deferred`, and how the account stood at the end.
struct SenderRun {
  std::vector<channels::Result> results;
  channels::Standing standing;
  std::size_t unsent = 0;  ///< not submitted, because the account was of no further use

  std::string summary() const {
    std::map<std::string, int> kinds;
    for (const auto& result : results) ++kinds[kind_of(result.outcome)];
    std::string text;
    for (const auto& [kind, count] : kinds) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + kind;
    return text;
  }
  std::string state() const { return std::string(core::name_of(channels::standing_names, standing.state)); }
  std::string phase() const {
    return standing.reply ? std::string(core::name_of(channels::phase_names, standing.reply->phase)) : "";
  }
};

/// Sends the messages the way a run does; what is returned is not sent again. When nothing moves for a while, the clock
/// the sender is given leaps by `leap`, so that no test waits for a long time-out.
inline SenderRun run_sender(channels::Network& network, channels::Sender& sender,
                            std::vector<channels::Message> messages,
                            std::chrono::seconds leap = std::chrono::seconds(0)) {
  using namespace std::chrono_literals;
  std::signal(SIGPIPE, SIG_IGN);
  SenderRun run;
  std::size_t next = 0;
  auto offset = 0s;
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  while (run.results.size() < messages.size() && std::chrono::steady_clock::now() < give_up) {
    sender.expect(messages.size() - next);
    for (auto room = sender.room(); room > 0 && next < messages.size(); --room) {
      messages[next].token = next;
      sender.submit(messages[next++]);
    }
    channels::WaitList waits;
    sender.add_waits(waits);
    const auto before = std::chrono::steady_clock::now();
    network.wait(waits, 200ms);
    if (std::chrono::steady_clock::now() - before >= 190ms) offset += leap;
    sender.drive(std::chrono::steady_clock::now() + offset, run.results);
    run.standing = sender.standing();
    if (run.standing.state != channels::Standing::State::ok) break;
  }
  run.unsent = messages.size() - next;
  return run;
}

}  // namespace egarage::test
