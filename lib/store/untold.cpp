#include "store/untold.hpp"

#include "store/invitation_sql.hpp"
#include "store/query.hpp"
#include "store/reasons.hpp"

namespace egarage::store {
namespace {

// core::key_part in SQL.
#define EGARAGE_KEY_PART(key) "replace(replace(" key ", '%', '%25'), '/', '%2F')"
// Keys that begin with `PREFIX/` lie between it and `PREFIX0`: `0` follows `/`.
#define EGARAGE_TOLD(event, key, day, rest)                                                            \
  "EXISTS (SELECT 1 FROM notification AS told WHERE told.company_id = ?1 AND told.dedup_key > '" event \
  "/' || " EGARAGE_KEY_PART(key) " || '/' || " day rest " || '/' AND told.dedup_key < '" event         \
                                 "/' || " EGARAGE_KEY_PART(key) " || '/' || " day rest " || '0')"
#define EGARAGE_STEP " || '/' || ?6"

#define EGARAGE_SELECT_UNPAID                                                                             \
  "SELECT due_on, key FROM document INDEXED BY document_unpaid WHERE company_id = ?1 AND paid_on IS NULL" \
  " AND due_on IS NOT NULL AND (due_on, key) > (?2, ?3) AND due_on <= ?4 AND "
#define EGARAGE_UNPAID_TOLD(rest) EGARAGE_TOLD("PAGO_PENDIENTE", "document.key", "document.due_on", rest)
#define EGARAGE_PORTION_OF_UNPAID " ORDER BY due_on, key LIMIT ?5"

std::vector<DatedKey> read_unpaid(Database& database, CompanyId company, Sql sql, const DaysAndStep& wanted,
                                  const std::optional<DatedKey>& after, std::size_t count) {
  std::vector<DatedKey> result;
  Query query(database, sql, company, after ? after->date : wanted.first, after ? after->key : std::string{},
              wanted.last, static_cast<std::int64_t>(count), wanted.step);
  while (query.next()) result.push_back({query.date(0), query.text(1)});
  return result;
}

}  // namespace

std::vector<DatedKey> untold_unpaid(Database& database, CompanyId company, const DaysAndStep& wanted,
                                    const std::optional<DatedKey>& after, std::size_t count) {
  return read_unpaid(database, company,
                     EGARAGE_SELECT_UNPAID "NOT " EGARAGE_UNPAID_TOLD(EGARAGE_STEP) EGARAGE_PORTION_OF_UNPAID, wanted,
                     after, count);
}

std::vector<DatedKey> spoken_of_unpaid(Database& database, CompanyId company, const DaysAndStep& wanted,
                                       const std::optional<DatedKey>& after, std::size_t count) {
  // Most were never spoken of: that is asked first.
  return read_unpaid(database, company,
                     EGARAGE_SELECT_UNPAID EGARAGE_UNPAID_TOLD("") " AND NOT " EGARAGE_UNPAID_TOLD(EGARAGE_STEP)
                         EGARAGE_PORTION_OF_UNPAID,
                     wanted, after, count);
}

std::vector<AbsentCustomer> untold_inactive(Database& database, CompanyId company, const DaysAndStep& wanted,
                                            core::Date today, const std::optional<DatedKey>& after, std::size_t count) {
  std::vector<AbsentCustomer> result;
  Query query(
      database,
      "SELECT last_document_on, key, " EGARAGE_WHY_NOT_INVITED(
          "?7") " FROM customer INDEXED BY customer_by_last_document WHERE company_id = ?1"
                " AND last_document_on IS NOT NULL AND (last_document_on, key) > (?2, ?3) AND last_document_on <= ?4"
                " AND NOT " EGARAGE_TOLD("CLIENTE_INACTIVO", "customer.key", "customer.last_document_on",
                                         EGARAGE_STEP) " ORDER BY last_document_on, key LIMIT ?5",
      company, after ? after->date : wanted.first, after ? after->key : std::string{}, wanted.last,
      static_cast<std::int64_t>(count), wanted.step, soon_after(today));
  while (query.next()) result.push_back({{query.date(0), query.text(1)}, query.optional_text(2)});
  return result;
}

#undef EGARAGE_PORTION_OF_UNPAID
#undef EGARAGE_UNPAID_TOLD
#undef EGARAGE_SELECT_UNPAID
#undef EGARAGE_STEP
#undef EGARAGE_TOLD
#undef EGARAGE_KEY_PART

}  // namespace egarage::store
