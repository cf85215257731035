#include "store/companies_with_work.hpp"

#include "store/query.hpp"

namespace egarage::store {
namespace {

std::set<CompanyId> read_all(Query&& query) {
  std::set<CompanyId> result;
  while (query.next()) result.insert(query.id<CompanyId>(0));
  return result;
}

}  // namespace

std::set<CompanyId> with_vehicles_to_plan(Database& database) {
  return read_all({database,
                   "SELECT id FROM company WHERE EXISTS (SELECT 1 FROM vehicle INDEXED BY vehicle_to_replan"
                   " WHERE company_id = company.id AND replan = 1)"});
}

std::set<CompanyId> with_steps_due(Database& database, core::Date day) {
  return read_all({database,
                   "SELECT id FROM company WHERE EXISTS (SELECT 1 FROM maintenance_reminder"
                   " INDEXED BY maintenance_reminder_next_step WHERE company_id = company.id"
                   " AND next_step_on IS NOT NULL AND next_step_on <= ?1)",
                   day});
}

std::set<CompanyId> with_appointments(Database& database, core::Date first, core::Date last) {
  return read_all({database,
                   "SELECT id FROM company WHERE EXISTS (SELECT 1 FROM appointment INDEXED BY appointment_scheduled"
                   " WHERE company_id = company.id AND state = 'scheduled' AND held_on BETWEEN ?1 AND ?2)",
                   first, last});
}

}  // namespace egarage::store
