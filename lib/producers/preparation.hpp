#pragma once

#include <string>
#include <variant>
#include <vector>

#include "producers/event_line.hpp"
#include "producers/tenants.hpp"
#include "store/queue.hpp"

namespace egarage::producers {

/// What an event comes to: recipients × channels, rendered, with their dedup keys (`EVENT/key/channel`).
struct Prepared {
  std::vector<std::vector<store::NewNotification>> chains;  ///< of one notification where the order is `all`
  std::vector<std::string> skipped;  ///< why it makes none on a channel: `no e-mail address`, …
};

/// Why nobody can be reached by the event, a reason for each channel, as prepare() would say: `no e-mail address`, …
/// Empty as soon as there is one channel to reach somebody on. Needs the recipient, and their channels, of the event.
std::vector<std::string> obstacles(const EventLine& event, const Tenant& tenant, const Tenants& tenants);

/// The one way from an event to notifications, for events that came as JSON and for those that producers find. As of
/// `at`: no message is due before, and its texts say what is true then. A LineError when the company is unknown or its
/// texts cannot be rendered. Writes nothing.
std::variant<Prepared, LineError> prepare(EventLine event, Tenants& tenants, core::Instant at);

}  // namespace egarage::producers
