#pragma once

#include <string>
#include <string_view>

#include "template/decimal.hpp"

namespace egarage::tmpl {

/// An amount as it is written where the currency is used: `$45.990` (CLP), `-$1,234.50` (USD), `1.234,50 €` (EUR).
/// Knows the currencies of the Americas and the euro; any other is written with its code: `1,234.50 GBP`. Rounded half
/// away from zero to the currency's decimals. `amount` is finite.
std::string written_amount(const Decimal& amount, std::string_view currency_code);

}  // namespace egarage::tmpl
