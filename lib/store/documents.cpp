#include "store/documents.hpp"

#include <algorithm>

#include "store/upsert.hpp"

namespace egarage::store {
namespace {

#define EGARAGE_SELECT_DOCUMENT                                                                             \
  "SELECT key, customer_key, vehicle_key, type, number, issued_on, total_minor, currency, due_on, paid_on," \
  " odometer FROM document WHERE company_id = ?1 AND "

Document read(const Query& row) {
  Document document;
  document.key = row.text(0);
  document.customer = row.text(1);
  document.vehicle = row.optional_text(2);
  document.type = row.text(3);
  document.number = row.text(4);
  document.date = row.date(5);
  if (!row.is_null(6)) document.total = core::Money{row.integer(6), row.text(7)};
  document.due = row.optional_date(8);
  document.paid = row.optional_date(9);
  document.odometer = row.optional_integer(10);
  return document;
}

std::vector<Document> read_all(Query& query) {
  std::vector<Document> result;
  while (query.next()) result.push_back(read(query));
  return result;
}

}  // namespace

Upsert Documents::upsert(CompanyId company, const Document& document, core::Instant now) {
  std::optional<std::int64_t> minor;
  std::optional<std::string> currency;
  if (document.total) {
    minor = document.total->minor;
    currency = document.total->currency;
  }
  Upsert result = Upsert::unchanged;
  atomically(database_, [&] {
    result = store::upsert(
        database_,
        "INSERT INTO document (company_id, key, customer_key, vehicle_key, type, number, issued_on, total_minor,"
        " currency, due_on, paid_on, odometer, updated_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING",
        "UPDATE document SET customer_key = ?3, vehicle_key = ?4, type = ?5, number = ?6, issued_on = ?7,"
        " total_minor = ?8, currency = ?9, due_on = ?10, paid_on = ?11, odometer = ?12, updated_at = ?13"
        " WHERE company_id = ?1 AND key = ?2 AND (customer_key, vehicle_key, type, number, issued_on, total_minor,"
        " currency, due_on, paid_on, odometer) IS NOT (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        company, document.key, document.customer, document.vehicle, document.type, document.number, document.date,
        minor, currency, document.due, document.paid, document.odometer, now);
    const bool nothing_to_cover = result == Upsert::created && document.covers.empty();
    if (nothing_to_cover || !set_coverage(company, document)) return;
    if (result == Upsert::unchanged) {
      result = Upsert::changed;
      execute(database_, "UPDATE document SET updated_at = ?3 WHERE company_id = ?1 AND key = ?2", company,
              document.key, now);
    }
  });
  return result;
}

bool Documents::set_coverage(CompanyId company, const Document& document) {
  auto wanted = document.covers;
  std::ranges::sort(wanted);
  const auto stored = coverage(company, document.key);
  if (wanted == stored) return false;
  for (const auto type : stored) {
    if (std::ranges::find(wanted, type) != wanted.end()) continue;
    execute(database_, "DELETE FROM document_covers WHERE company_id = ?1 AND document_key = ?2 AND type = ?3", company,
            document.key, core::name_of(core::maintenance_type_names, type));
  }
  for (const auto type : wanted) {
    execute(database_,
            "INSERT INTO document_covers (company_id, document_key, type) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            company, document.key, core::name_of(core::maintenance_type_names, type));
  }
  return true;
}

std::vector<core::MaintenanceType> Documents::coverage(CompanyId company, std::string_view key) const {
  std::vector<core::MaintenanceType> types;
  Query query(database_, "SELECT type FROM document_covers WHERE company_id = ?1 AND document_key = ?2", company, key);
  while (query.next()) types.push_back(query.name(0, core::maintenance_type_names));
  std::ranges::sort(types);
  return types;
}

void Documents::add_coverage(CompanyId company, std::vector<Document>& documents) const {
  for (auto& document : documents) document.covers = coverage(company, document.key);
}

std::optional<Document> Documents::find(CompanyId company, std::string_view key) const {
  auto document = find_bill(company, key);
  if (document) document->covers = coverage(company, key);
  return document;
}

std::optional<Document> Documents::find_bill(CompanyId company, std::string_view key) const {
  Query query(database_, EGARAGE_SELECT_DOCUMENT "key = ?2", company, key);
  if (!query.next()) return std::nullopt;
  return read(query);
}

bool Documents::exists(CompanyId company, std::string_view key) const {
  return Query(database_, "SELECT 1 FROM document WHERE company_id = ?1 AND key = ?2", company, key).next();
}

std::vector<Document> Documents::list(CompanyId company, std::string_view after, std::size_t count) const {
  Query query(database_, EGARAGE_SELECT_DOCUMENT "key > ?2 ORDER BY key LIMIT ?3", company, after,
              static_cast<std::int64_t>(count));
  auto documents = read_all(query);
  add_coverage(company, documents);
  return documents;
}

std::vector<Document> Documents::unpaid(CompanyId company, core::Date first, core::Date last,
                                        const std::optional<DatedKey>& after, std::size_t count) const {
  Query query(database_,
              EGARAGE_SELECT_DOCUMENT
              "paid_on IS NULL AND due_on IS NOT NULL AND (due_on, key) > (?2, ?3) AND due_on <= ?4"
              " ORDER BY due_on, key LIMIT ?5",
              company, after ? after->date : first, after ? after->key : std::string{}, last,
              static_cast<std::int64_t>(count));
  auto documents = read_all(query);
  add_coverage(company, documents);
  return documents;
}

std::vector<Document> Documents::of_vehicle(CompanyId company, std::string_view vehicle) const {
  Query query(database_, EGARAGE_SELECT_DOCUMENT "vehicle_key = ?2 ORDER BY issued_on, key", company, vehicle);
  auto documents = read_all(query);
  add_coverage(company, documents);
  return documents;
}

std::vector<Document> Documents::of_customer(CompanyId company, std::string_view customer) const {
  Query query(database_, EGARAGE_SELECT_DOCUMENT "customer_key = ?2 ORDER BY issued_on, key", company, customer);
  auto documents = read_all(query);
  add_coverage(company, documents);
  return documents;
}

std::optional<std::string> Documents::vehicle_on(CompanyId company, std::string_view customer, core::Date day) const {
  Query query(database_,
              "SELECT vehicle_key FROM document INDEXED BY document_of_customer WHERE company_id = ?1"
              " AND customer_key = ?2 AND issued_on = ?3 AND vehicle_key IS NOT NULL ORDER BY key DESC LIMIT 1",
              company, customer, day);
  return query.next() ? query.optional_text(0) : std::nullopt;
}

std::optional<Document> Documents::last_covering(CompanyId company, std::string_view vehicle,
                                                 core::MaintenanceType type) const {
  std::optional<Document> document;
  {
    Query query(
        database_,
        EGARAGE_SELECT_DOCUMENT
        "vehicle_key = ?2 AND EXISTS (SELECT 1 FROM document_covers AS covers WHERE covers.company_id = ?1"
        " AND covers.document_key = document.key AND covers.type = ?3) ORDER BY issued_on DESC, key DESC LIMIT 1",
        company, vehicle, core::name_of(core::maintenance_type_names, type));
    if (query.next()) document = read(query);
  }
  if (document) document->covers = coverage(company, document->key);
  return document;
}

#undef EGARAGE_SELECT_DOCUMENT

std::vector<ServiceDone> Documents::services_of(CompanyId company, std::string_view vehicle) const {
  std::vector<ServiceDone> result;
  Query query(database_,
              "SELECT document.key, issued_on, odometer, covers.type FROM document JOIN document_covers AS covers"
              " ON covers.company_id = document.company_id AND covers.document_key = document.key"
              " WHERE document.company_id = ?1 AND vehicle_key = ?2 ORDER BY issued_on, document.key",
              company, vehicle);
  while (query.next()) {
    result.push_back(
        {query.text(0), query.date(1), query.optional_integer(2), query.name(3, core::maintenance_type_names)});
  }
  return result;
}

std::optional<core::Date> Documents::first_of_vehicle(CompanyId company, std::string_view vehicle) const {
  Query query(database_, "SELECT min(issued_on) FROM document WHERE company_id = ?1 AND vehicle_key = ?2", company,
              vehicle);
  return query.next() ? query.optional_date(0) : std::nullopt;
}

}  // namespace egarage::store
