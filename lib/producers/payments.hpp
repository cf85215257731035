#pragma once

#include <chrono>
#include <vector>

#include "producers/producer.hpp"
#include "store/database.hpp"

namespace egarage::producers {

/// When a customer is told of an unpaid document.
struct PaymentRules {
  std::vector<std::chrono::days> steps;  ///< counted from its due date, negative before it; in any order; empty: never
};

/// How long after its day the last step of a ladder may still be taken, by those whose documents were spoken of before:
/// so much can cron have been away.
inline constexpr std::chrono::days last_step_within{60};

/// PAGO_PENDIENTE: one notice a step for every unpaid document with a due date, to its customer, with the document's
/// amount in its own currency and the days that are left or over. Made for the moment at which the company may write
/// next. Documents that are due longest ago come first, so that they have the first claim on what a customer may be
/// sent in a week. Whoever was never told of a document and is past its last step is left alone.
///
/// A later step withdraws an earlier one that still waits. What waits is withdrawn, too, when its document has been
/// paid, is due on another day – which begins a ladder of its own – or is gone.
///
/// May run at any time, any number of times, also overlapping. A run with nothing new reads the index of unpaid
/// documents between the first step and the last, and of each one whether its step has been taken.
ProducerReport check_payments(store::Database& database, const PaymentRules& rules, const ProducerRequest& request);

}  // namespace egarage::producers
