#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Which company of the host application is which of ours.
struct HostCompany {
  std::string host_id;
  CompanyId company;
  std::int64_t settled_document = 0;  ///< the host's documents up to this id are not read again; 0: none is settled
};

class HostCompanies {
 public:
  explicit HostCompanies(Database& database) : database_(database) {}

  std::vector<HostCompany> all() const;  ///< by host id, as text
  std::optional<HostCompany> find(std::string_view host_id) const;
  bool is_linked(CompanyId company) const;
  /// For good: neither of the two may be linked already. Audited.
  void link(std::string_view host_id, CompanyId company, core::Instant now);
  void settle_documents(std::string_view host_id, std::int64_t up_to);

 private:
  Database& database_;
};

}  // namespace egarage::store
