#pragma once

#include "producers/ladder.hpp"
#include "producers/producer.hpp"
#include "store/database.hpp"

namespace egarage::producers {

/// SUSCRIPCION_VENCE up to the day on which a company's subscription ends, SUSCRIPCION_VENCIDA after it: to its
/// administrator, from the platform's account, whether or not the company is active. One notice a step, on the channels
/// of its route; for SMS and WhatsApp the number is the company's own. A notice is made for the moment at which the
/// company may be written to next, and says what is true then: what is found out on Saturday and read on Monday counts
/// the days from Monday.
///
/// When the end has moved, what still waits of the old ladder is cancelled, and the new end begins a ladder of its own.
/// Notices that the host made under keys of its own are left alone.
///
/// May run at any time, any number of times, also overlapping; a company whose end moves meanwhile is left to the next
/// run.
ProducerReport check_subscriptions(store::Database& database, const LadderRules& rules, const ProducerRequest& request);

}  // namespace egarage::producers
