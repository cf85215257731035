#pragma once

#include <set>

#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

// Which companies have something to do at all: one statement and a seek for each company, where looking into each of
// them would cost a lock apiece. On most runs they are few.

namespace egarage::store {

/// Those with a vehicle that is to be planned anew.
std::set<CompanyId> with_vehicles_to_plan(Database& database);

/// Those with a reminder whose next step's day has come by `day`.
std::set<CompanyId> with_steps_due(Database& database, core::Date day);

/// Those with an appointment that is to be kept from `first` to `last`.
std::set<CompanyId> with_appointments(Database& database, core::Date first, core::Date last);

}  // namespace egarage::store
