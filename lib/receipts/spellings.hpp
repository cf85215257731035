#pragma once

#include <string_view>

#include "receipts/facts.hpp"

namespace egarage::receipts {

/// The numbers under which a subscriber may be known here. WhatsApp names some subscribers otherwise than the numbering
/// plan does: in Brazil without the 9 before older mobile numbers, in Mexico with a 1 behind the country code
/// (developers.facebook.com, "Contacts"). `digits`: with or without `+`. Empty when it is no number, the number itself
/// first.
Spellings spellings_of(std::string_view digits);

}  // namespace egarage::receipts
