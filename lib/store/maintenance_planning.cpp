#include "store/maintenance_planning.hpp"

#include "store/query.hpp"

namespace egarage::store {

bool planned_under(Database& database, CompanyId company, std::string_view rules) {
  return Query(database, "SELECT 1 FROM maintenance_planning WHERE company_id = ?1 AND rules = ?2", company, rules)
      .next();
}

void plan_all_under(Database& database, CompanyId company, std::string_view rules) {
  atomically(database, [&] {
    execute(database, "UPDATE vehicle SET replan = 1 WHERE company_id = ?1 AND replan = 0", company);
    execute(database,
            "INSERT INTO maintenance_planning (company_id, rules) VALUES (?1, ?2)"
            " ON CONFLICT (company_id) DO UPDATE SET rules = ?2",
            company, rules);
  });
}

}  // namespace egarage::store
