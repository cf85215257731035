#include "store/maintenance_planning.hpp"

#include "store/query.hpp"

namespace egarage::store {

std::map<CompanyId, std::string> planning_rules(Database& database) {
  std::map<CompanyId, std::string> rules;
  Query query(database, "SELECT company_id, rules FROM maintenance_planning");
  while (query.next()) rules.emplace(query.id<CompanyId>(0), query.text(1));
  return rules;
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
