#pragma once

/// Why a row of `customer` is not to be invited back, as far as it is not about the last visit: the words of
/// why_not_invited() (store/reasons.hpp), NULL when nothing speaks against it. `soon` is the parameter with the last
/// day on which a reminder is soon. One text, for whoever asks of one customer and whoever asks of many: two would
/// disagree one day. What is most often so comes first: most of those who stay away are reminded of a service anyway.
#define EGARAGE_WHY_NOT_INVITED(soon) \
  "CASE WHEN customer.promotional = '' THEN 'wants no promotional messages'"                                         \
  /* The planner would rather look through all of the company's reminders. */                                        \
  " WHEN EXISTS (SELECT 1 FROM vehicle INDEXED BY vehicle_of_customer CROSS JOIN maintenance_reminder AS reminder"   \
  " INDEXED BY maintenance_reminder_of_vehicle ON reminder.company_id = vehicle.company_id"                          \
  " AND reminder.vehicle_key = vehicle.key WHERE vehicle.company_id = customer.company_id"                           \
  " AND vehicle.customer_key = customer.key AND vehicle.sold = 0"                                                    \
  " AND reminder.state IN ('planned', 'notified', 'overdue') AND reminder.expected_on <= " soon                      \
  ") THEN 'has a maintenance reminder'"                                                                              \
  " WHEN EXISTS (SELECT 1 FROM document INDEXED BY document_of_customer WHERE document.company_id ="                 \
  " customer.company_id AND document.customer_key = customer.key AND document.paid_on IS NULL"                       \
  " AND document.due_on IS NOT NULL) THEN 'has an unpaid document'"                                                  \
  " ELSE coalesce(" EGARAGE_OPTED_OUT("email", "email") ", " EGARAGE_OPTED_OUT("whatsapp", "phone") ", "             \
  EGARAGE_OPTED_OUT("sms", "phone") ", (SELECT iif(min(vehicle.sold) = 1, 'has sold all vehicles', NULL)"            \
  " FROM vehicle INDEXED BY vehicle_of_customer WHERE vehicle.company_id = customer.company_id"                      \
  " AND vehicle.customer_key = customer.key)) END"

/// The case of addresses does not count: the column of `suppression` says so, and must stand to the left.
#define EGARAGE_OPTED_OUT(channel_, address_)                                                                       \
  "(SELECT 'opted out: ' || suppression.reason FROM suppression WHERE suppression.company_id = customer.company_id" \
  " AND suppression.channel = '" channel_ "' AND suppression.address = customer." address_ ")"
