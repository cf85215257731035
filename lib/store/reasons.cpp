#include "store/reasons.hpp"

#include <fmt/format.h>

#include "store/invitation_sql.hpp"
#include "store/query.hpp"

namespace egarage::store {
namespace {

using Words = std::optional<std::string>;

Words moved_visit(const std::optional<core::Date>& last, core::Date known) {
  if (last == known) return std::nullopt;
  if (!last) return "has no documents any more";
  return fmt::format("{} on {}", *last > known ? "came back" : "was last seen", core::format_date(*last));
}

}  // namespace

Words why_not_asked(Database& database, CompanyId company, std::string_view document, core::Date announced) {
  Query query(database, "SELECT due_on, paid_on FROM document WHERE company_id = ?1 AND key = ?2", company, document);
  if (!query.next()) return "the document is gone";
  if (const auto paid = query.optional_date(1)) return fmt::format("paid on {}", core::format_date(*paid));
  const auto due = query.optional_date(0);
  if (!due) return "has no due date any more";
  if (*due != announced) return fmt::format("now due on {}", core::format_date(*due));
  return std::nullopt;
}

core::Date soon_after(core::Date today) { return core::Date{std::chrono::sys_days{today} + reminder_is_soon}; }

Words why_not_invited(Database& database, CompanyId company, const Absence& absence) {
  Query query(database,
              "SELECT last_document_on, " EGARAGE_WHY_NOT_INVITED("?3") " FROM customer WHERE company_id = ?1"
                                                                        " AND key = ?2",
              company, absence.customer, soon_after(absence.today));
  if (!query.next()) return "the customer is gone";
  if (auto moved = moved_visit(query.optional_date(0), absence.last_visit)) return moved;
  return query.optional_text(1);
}

}  // namespace egarage::store
