#pragma once

#include <string_view>

namespace egarage::receipts {

/// Whether a customer's whole answer is `STOP`, `BAJA` or `ALTO`, in whatever case, with blanks and a full stop or
/// exclamation mark allowed around it. Words within a sentence are for people to read.
bool is_opt_out(std::string_view text);

}  // namespace egarage::receipts
