#pragma once

#include <chrono>
#include <optional>

#include "channels/http/provider.hpp"

namespace egarage::channels::http {

/// What an answer comes to. A provider's table gives each of its codes one of these.
enum class Ruling {
  accept,
  retry,               ///< certainly not taken, later perhaps
  wait_for_recipient,  ///< the same, and nothing else goes to this recipient meanwhile
  window_closed,       ///< WhatsApp takes the message as an approved template only
  pause,               ///< the account is throttled; the message is untouched
  block,               ///< the account is refused; the message is untouched
  reject,
  bad_address,
  opt_out,
  promotion_opt_out,
  template_refused,
  uncertain,
};

/// A provider's wish to wait is honoured up to this; it may be a mistake or an attack.
inline constexpr std::chrono::hours longest_wait{6};

/// `wait`: how long to leave the message, the recipient or the account alone; empty leaves it to the caller. Ignored
/// where the ruling knows no waiting. `provider_id` is only looked at for `accept`.
Verdict make_verdict(Ruling ruling, Reply reply, std::optional<std::chrono::seconds> wait = {},
                     std::string provider_id = {});

/// The longer of a table's wait and the answer's own, the latter up to longest_wait; empty when there is neither.
std::optional<std::chrono::seconds> wait_after(std::chrono::seconds in_table, const Answer& answer);

/// What an answer comes to whose body carries none of the provider's codes (RFC 9110 §15; `accept` is never among them,
/// because only the provider's id proves that a message was taken).
Ruling ruling_of_status(int status);

}  // namespace egarage::channels::http
