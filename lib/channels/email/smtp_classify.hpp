#pragma once

#include <chrono>
#include <optional>

#include "channels/email/smtp_reply.hpp"
#include "channels/outcome.hpp"

namespace egarage::channels::email {

/// What a refusal means.
struct Verdict {
  enum class Message { deferred, rejected_message, rejected_address, returned };
  /// What it says about the connection or the account as a whole.
  enum class Scope {
    message,     ///< nothing: the next message may fare better
    connection,  ///< this connection has carried all it may; a new one may go on
    paused,
    blocked,
  };
  Message message;
  Scope scope = Scope::message;
  std::optional<std::chrono::seconds> retry_after;
};

/// Reads a negative reply (4xx or 5xx) by phase, code, enhanced status and text. Pure; the table in the .cpp cites a
/// source for every row. Phases up to login decide about the account alone: the message is always `returned`.
Verdict classify(Phase phase, const SmtpReply& reply);

/// The verdict as an outcome with its record.
Outcome make_outcome(const Verdict& verdict, Reply reply);
/// The verdict as a standing; `ok` when its scope is smaller than the account.
Standing make_standing(const Verdict& verdict, const Reply& reply);

/// Whether a server that announced PIPELINING complains about commands that were piped although their order was right.
bool complains_about_pipelining(const SmtpReply& reply);

}  // namespace egarage::channels::email
