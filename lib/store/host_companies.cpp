#include "store/host_companies.hpp"

#include "store/query.hpp"

namespace egarage::store {
namespace {

HostCompany read(const Query& row) { return {row.text(0), row.id<CompanyId>(1), row.integer(2)}; }

}  // namespace

std::vector<HostCompany> HostCompanies::all() const {
  std::vector<HostCompany> result;
  Query query(database_, "SELECT host_id, company_id, settled_document FROM host_company ORDER BY host_id");
  while (query.next()) result.push_back(read(query));
  return result;
}

std::optional<HostCompany> HostCompanies::find(std::string_view host_id) const {
  Query query(database_, "SELECT host_id, company_id, settled_document FROM host_company WHERE host_id = ?1", host_id);
  if (!query.next()) return std::nullopt;
  return read(query);
}

bool HostCompanies::is_linked(CompanyId company) const {
  return Query(database_, "SELECT 1 FROM host_company WHERE company_id = ?1", company).next();
}

void HostCompanies::link(std::string_view host_id, CompanyId company, core::Instant now) {
  execute(database_, "INSERT INTO host_company (host_id, company_id, linked_at) VALUES (?1, ?2, ?3)", host_id, company,
          now);
}

void HostCompanies::settle_documents(std::string_view host_id, std::int64_t up_to) {
  execute(database_, "UPDATE host_company SET settled_document = ?2 WHERE host_id = ?1 AND settled_document <> ?2",
          host_id, up_to);
}

}  // namespace egarage::store
