#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "core/enum_names.hpp"

namespace egarage::channels {

/// How far the conversation had come when the outcome was known.
enum class Phase { connect, tls, greeting, hello, login, mail, recipient, data, body, end_of_data, file };
inline constexpr core::EnumNames<Phase, 11> phase_names{{{Phase::connect, "connect"},
                                                         {Phase::tls, "tls"},
                                                         {Phase::greeting, "greeting"},
                                                         {Phase::hello, "hello"},
                                                         {Phase::login, "login"},
                                                         {Phase::mail, "mail"},
                                                         {Phase::recipient, "recipient"},
                                                         {Phase::data, "data"},
                                                         {Phase::body, "body"},
                                                         {Phase::end_of_data, "end_of_data"},
                                                         {Phase::file, "file"}}};

/// What the provider said, for the attempt's record. Never holds a secret.
struct Reply {
  Phase phase = Phase::connect;
  int code = 0;          ///< the provider's own code; 0 when it said nothing
  std::string enhanced;  ///< RFC 3463 status such as `5.1.1`; empty without one
  std::string text;      ///< one line, at most 500 octets
};

/// Taken: the provider answers for it from here on.
struct Accepted {
  Reply reply;
  std::string provider_id;  ///< the provider's name for it, empty without one
};
/// Refused for the moment; certainly not taken. Counts as an attempt.
struct Deferred {
  Reply reply;
  std::optional<std::chrono::seconds> retry_after;  ///< the provider's own wish
};
/// Refused for good; certainly not taken.
struct Rejected {
  enum class Reason {
    message,  ///< this message (content, size, policy); says nothing about the address
    address,  ///< the address does not exist: suppress it
    opt_out,  ///< the recipient told the provider to stop: record it
  };
  Reply reply;
  Reason reason = Reason::message;
};
/// It may have been taken, and nothing will tell: the connection broke while the verdict was due.
struct Uncertain {
  Reply reply;
};
/// Certainly not taken, and not the message's fault: its connection or account ended before its turn. Costs no attempt.
struct Returned {
  Reply reply;
};

using Outcome = std::variant<Accepted, Deferred, Rejected, Uncertain, Returned>;

/// Whether the account behind a sender can be used.
struct Standing {
  enum class State {
    ok,
    paused,   ///< throttled or unreachable: try again after a while
    blocked,  ///< credentials, certificate, configuration or policy: an operator must look; retried with backoff
  };
  State state = State::ok;
  std::optional<Reply> reply;                       ///< why, when not ok
  std::optional<std::chrono::seconds> retry_after;  ///< the provider's own wish
};
inline constexpr core::EnumNames<Standing::State, 3> standing_names{
    {{Standing::State::ok, "ok"}, {Standing::State::paused, "paused"}, {Standing::State::blocked, "blocked"}}};

}  // namespace egarage::channels
