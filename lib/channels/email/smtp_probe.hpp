#pragma once

#include <optional>

#include "channels/email/smtp_sender.hpp"

namespace egarage::channels::email {

/// Opens a connection, secures it, logs in, and leaves without sending anything. Empty when all of that worked;
/// otherwise what went wrong, in the phase that was reached. Waits at most `timeouts.connect`.
std::optional<Standing> probe_smtp(Network& network, const core::EmailAccount& account, const core::Secret& password,
                                   const SmtpTimeouts& timeouts);

}  // namespace egarage::channels::email
