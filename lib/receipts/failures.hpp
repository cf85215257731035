#pragma once

#include "store/receipts.hpp"

namespace egarage::receipts {

/// What a message's failure says beyond it, by the code that the provider gives ("Error codes",
/// developers.facebook.com; twilio.com/docs/api/errors/CODE). An unknown code says nothing more.
store::ReceiptFailure failure_of_cloud(std::int64_t code);
store::ReceiptFailure failure_of_twilio(std::int64_t code);

/// The text came more than 24 hours after the customer's last message: what we believe of the window is wrong.
bool says_window_closed(std::int64_t code);

}  // namespace egarage::receipts
