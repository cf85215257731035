#pragma once

#include <string_view>

#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Whether the company's vehicles were planned under these rules (a short text).
bool planned_under(Database& database, CompanyId company, std::string_view rules);
/// All of the company's vehicles are to be planned anew, under these rules.
void plan_all_under(Database& database, CompanyId company, std::string_view rules);

}  // namespace egarage::store
