#include "store/untold.hpp"

#include "store/query.hpp"

namespace egarage::store {
namespace {

// core::key_part in SQL. Keys that begin with `PREFIX/` lie between it and `PREFIX0`: `0` follows `/`.
#define EGARAGE_NOT_TOLD(event, key, day)                                                                       \
  " AND NOT EXISTS (SELECT 1 FROM notification AS told WHERE told.company_id = ?1 AND told.dedup_key > '" event \
  "/' || replace(replace(" key ", '%', '%25'), '/', '%2F') || '/' || " day                                      \
  " || '/' || ?6 || '/' AND told.dedup_key < '" event "/' || replace(replace(" key                              \
  ", '%', '%25'), '/', '%2F') || "                                                                              \
  "'/' || " day " || '/' || ?6 || '0')"

std::vector<DatedKey> read_all(Query& query) {
  std::vector<DatedKey> result;
  while (query.next()) result.push_back({query.date(0), query.text(1)});
  return result;
}

}  // namespace

std::vector<DatedKey> untold_unpaid(Database& database, CompanyId company, const DaysAndStep& wanted,
                                    const std::optional<DatedKey>& after, std::size_t count) {
  Query query(database,
              "SELECT due_on, key FROM document INDEXED BY document_unpaid WHERE company_id = ?1 AND paid_on IS NULL"
              " AND due_on IS NOT NULL AND (due_on, key) > (?2, ?3) AND due_on <= ?4" EGARAGE_NOT_TOLD(
                  "PAGO_PENDIENTE", "document.key", "document.due_on") " ORDER BY due_on, key LIMIT ?5",
              company, after ? after->date : wanted.first, after ? after->key : std::string{}, wanted.last,
              static_cast<std::int64_t>(count), wanted.step);
  return read_all(query);
}

std::vector<DatedKey> untold_inactive(Database& database, CompanyId company, const DaysAndStep& wanted,
                                      const std::optional<DatedKey>& after, std::size_t count) {
  Query query(
      database,
      "SELECT last_document_on, key FROM customer INDEXED BY customer_by_last_document WHERE company_id = ?1"
      " AND last_document_on IS NOT NULL AND (last_document_on, key) > (?2, ?3)"
      " AND last_document_on <= ?4" EGARAGE_NOT_TOLD(
          "CLIENTE_INACTIVO", "customer.key", "customer.last_document_on") " ORDER BY last_document_on, key LIMIT ?5",
      company, after ? after->date : wanted.first, after ? after->key : std::string{}, wanted.last,
      static_cast<std::int64_t>(count), wanted.step);
  return read_all(query);
}

#undef EGARAGE_NOT_TOLD

}  // namespace egarage::store
