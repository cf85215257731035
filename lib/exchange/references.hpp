#pragma once

#include <string>
#include <string_view>

#include "exchange/fields.hpp"
#include "exchange/kind.hpp"

namespace egarage::exchange {

/// Refuses the record where it names what the company does not have: the store would, too, but for the whole portion.
void require_customer(store::Database& database, const Owner& owner, Fields& fields, std::string_view key);
void require_vehicle(store::Database& database, const Owner& owner, Fields& fields, std::string_view key);
void require_document(store::Database& database, const Owner& owner, Fields& fields, std::string_view column,
                      std::string_view key);

/// `country`: two capital letters.
std::string country(Fields& fields);

}  // namespace egarage::exchange
