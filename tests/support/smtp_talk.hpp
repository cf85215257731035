#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "channels/email/smtp_session.hpp"
#include "support/outcome_kind.hpp"

namespace egarage::test {

/// A session and the test in the server's place.
struct SmtpTalk {
  enum class Pipelining { yes, no };
  explicit SmtpTalk(Pipelining pipelining = Pipelining::yes, std::uint64_t maximum_size = 0)
      : session({.pipelining = pipelining == Pipelining::yes, .size = maximum_size != 0, .maximum_size = maximum_size},
                "shop@example.com") {}

  void submit(std::uint64_t token, std::string text = "Subject: x\r\n\r\nHello\r\n") {
    session.submit(token, "r" + std::to_string(token) + "@example.cl", std::move(text), results);
  }
  /// What goes out now; the network takes all of it.
  std::string sends() {
    std::string octets(session.output());
    session.sent(octets.size());
    return octets;
  }
  /// The server's octets in; what goes out then.
  std::string answer(std::string_view octets) {
    session.receive(octets, results);
    return sends();
  }
  void closes() { session.end(channels::email::SmtpSession::End::closed, "closed", results); }
  void times_out() { session.end(channels::email::SmtpSession::End::timed_out, "timed out", results); }

  /// `TOKEN kind phase code`, in the order of the answers, separated by `; `.
  std::string outcomes() const {
    std::string text;
    for (const auto& [token, outcome] : results) {
      const auto& reply = std::visit([](const auto& o) -> const channels::Reply& { return o.reply; }, outcome);
      text += (text.empty() ? "" : "; ") + std::to_string(token) + " " + kind_of(outcome) + " " +
              std::string(core::name_of(channels::phase_names, reply.phase)) + " " + std::to_string(reply.code);
    }
    return text;
  }

  channels::email::SmtpSession session;
  std::vector<channels::Result> results;
};

}  // namespace egarage::test
