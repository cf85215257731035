#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "core/enum_names.hpp"

namespace egarage::channels {

/// How far the conversation had come when the outcome was known.
/// SMTP knows every phase but the last three. HTTP: `request` until the request is on its way in full, `answer` from
/// then on, `lookup` while the provider is asked for an earlier message.
enum class Phase {
  connect,
  tls,
  greeting,
  hello,
  login,
  mail,
  recipient,
  data,
  body,
  end_of_data,
  file,
  request,
  answer,
  lookup,
};
inline constexpr core::EnumNames<Phase, 14> phase_names{{{Phase::connect, "connect"},
                                                         {Phase::tls, "tls"},
                                                         {Phase::greeting, "greeting"},
                                                         {Phase::hello, "hello"},
                                                         {Phase::login, "login"},
                                                         {Phase::mail, "mail"},
                                                         {Phase::recipient, "recipient"},
                                                         {Phase::data, "data"},
                                                         {Phase::body, "body"},
                                                         {Phase::end_of_data, "end_of_data"},
                                                         {Phase::file, "file"},
                                                         {Phase::request, "request"},
                                                         {Phase::answer, "answer"},
                                                         {Phase::lookup, "lookup"}}};

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
  enum class Scope {
    message,
    recipient,  ///< everything else to this recipient waits as well
    window,     ///< WhatsApp's window is closed: the same message may go out at once as an approved template
  };
  Reply reply;
  std::optional<std::chrono::seconds> retry_after;  ///< the provider's own wish
  Scope scope = Scope::message;
};
/// Refused for good; certainly not taken.
struct Rejected {
  enum class Reason {
    message,            ///< this message (content, size, policy); says nothing about the address
    address,            ///< the address does not exist: suppress it
    opt_out,            ///< the recipient told the provider to stop: record it
    promotion_opt_out,  ///< the same, for promotional messages only
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

/// Certainly not taken: the provider refuses the approved template in this language, for whichever message, until an
/// operator acts. Costs no attempt.
struct TemplateRefused {
  Reply reply;
};

using Outcome = std::variant<Accepted, Deferred, Rejected, Uncertain, Returned, TemplateRefused>;

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
