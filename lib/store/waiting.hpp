#pragma once

#include <string>
#include <vector>

#include "core/event.hpp"
#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/dedup_keys.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// A notification that waits for its turn, and the directory's thing that its reason lies in.
struct WaitingNotification {
  KeyedNotification row;
  std::string about;  ///< a document's or a customer's key
};

/// The company's PAGO_PENDIENTE that wait about documents which are paid or gone, or due on a day that their dedup keys
/// do not hold. As much work as the company has notifications waiting, of all events.
std::vector<WaitingNotification> waiting_for_settled_documents(Database& database, CompanyId company);

/// The company's PAGO_PENDIENTE about documents that wait, were never tried, and were made before that moment. The same
/// work.
std::vector<WaitingNotification> waiting_about_documents(Database& database, CompanyId company, core::Instant before);

/// The company's notifications of the event that wait and are written to customers of the directory. The same work.
std::vector<WaitingNotification> waiting_for_customers(Database& database, CompanyId company, core::Event event);

}  // namespace egarage::store
