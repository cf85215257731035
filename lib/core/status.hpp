#pragma once

#include "core/enum_names.hpp"

namespace egarage::core {

/// Where a notification stands. docs/store.md draws the transitions.
enum class Status {
  queued,       ///< waits for its `due_at`, never tried
  retry_wait,   ///< waits for its `due_at` after a temporary refusal
  claimed,      ///< belongs to a run, nothing sent yet
  sending,      ///< an attempt is recorded; may be on the wire
  uncertain,    ///< the provider may or may not have taken it; policy decides what follows
  held,         ///< uncertain, and only an operator or a receipt may decide
  accepted,     ///< the provider took it
  delivered,    ///< a receipt says it arrived
  read,         ///< a receipt says it was read
  bounced,      ///< accepted first, returned later
  undelivered,  ///< accepted first, given up by the provider
  failed,       ///< refused for good
  expired,      ///< its time passed before it could go
  cancelled,    ///< withdrawn
  suppressed,   ///< the recipient opted out, or the address is known to be dead
  standby,      ///< a fallback: goes out if the channel before it cannot reach the recipient
};

inline constexpr EnumNames<Status, 16> status_names{{{Status::queued, "queued"},
                                                     {Status::retry_wait, "retry_wait"},
                                                     {Status::claimed, "claimed"},
                                                     {Status::sending, "sending"},
                                                     {Status::uncertain, "uncertain"},
                                                     {Status::held, "held"},
                                                     {Status::accepted, "accepted"},
                                                     {Status::delivered, "delivered"},
                                                     {Status::read, "read"},
                                                     {Status::bounced, "bounced"},
                                                     {Status::undelivered, "undelivered"},
                                                     {Status::failed, "failed"},
                                                     {Status::expired, "expired"},
                                                     {Status::cancelled, "cancelled"},
                                                     {Status::suppressed, "suppressed"},
                                                     {Status::standby, "standby"}}};

constexpr std::string_view to_string(Status status) { return name_of(status_names, status); }
constexpr std::optional<Status> parse_status(std::string_view text) { return value_of(status_names, text); }

}  // namespace egarage::core
