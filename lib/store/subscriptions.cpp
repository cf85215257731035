#include "store/subscriptions.hpp"

#include "store/query.hpp"

namespace egarage::store {

std::optional<core::Date> subscription_end(Database& database, CompanyId company) {
  Query query(database, "SELECT subscription_ends FROM company WHERE id = ?1", company);
  if (!query.next() || query.is_null(0)) return std::nullopt;
  const auto ends = core::parse_date(query.text(0));
  if (!ends) throw damaged(database.path(), "a subscription ends on a day that does not exist");
  return ends;
}

}  // namespace egarage::store
