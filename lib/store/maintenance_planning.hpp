#pragma once

#include <map>
#include <string>
#include <string_view>

#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Under which rules (a short text) companies' vehicles were planned; absent for those whose never were.
std::map<CompanyId, std::string> planning_rules(Database& database);
/// All of the company's vehicles are to be planned anew, under these rules.
void plan_all_under(Database& database, CompanyId company, std::string_view rules);

}  // namespace egarage::store
