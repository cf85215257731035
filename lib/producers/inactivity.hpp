#pragma once

#include <chrono>

#include "producers/producer.hpp"
#include "store/database.hpp"

namespace egarage::producers {

/// When a customer who has not come for a while is invited back.
struct InactivityRules {
  std::chrono::months months{12};             ///< the period: so long after the last document, and again; from 1
  int max_notices = 2;                        ///< periods that are told of after one visit; 0: nobody is invited
  std::chrono::days first_notice_within{90};  ///< after a period's end; who was not invited by then is left alone
};

/// CLIENTE_INACTIVO: an invitation to every customer whose last document is a period ago, and another one for each
/// further whole period up to `max_notices`. Promotional: never to those who want none or have an address that must not
/// be written to, while they have an unpaid document or a maintenance reminder that is open or soon comes
/// (store/reasons.hpp), or when they have sold all their vehicles. It names the vehicle of the last visit, as long as
/// it is theirs. Periods end on the same day of the month, or its last (producers/month_arithmetic.hpp), and end for
/// the moment at which the company may write next.
///
/// An invitation that waits is withdrawn when any of this changes, and when the next period's takes its place. Whoever
/// comes back begins anew.
///
/// May run at any time, any number of times, also overlapping. Only customers are looked at whose period ended in the
/// last `first_notice_within` days, however many others have not come for long.
ProducerReport check_inactive(store::Database& database, const InactivityRules& rules, const ProducerRequest& request);

}  // namespace egarage::producers
