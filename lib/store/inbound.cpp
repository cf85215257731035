// When customers wrote to a company.
#include "store/directory.hpp"
#include "store/query.hpp"

namespace egarage::store {

void Directory::note_inbound(CompanyId company, core::Channel channel, std::string_view address, core::Instant at) {
  execute(database_,
          "INSERT INTO inbound (company_id, channel, address, received_at) VALUES (?1, ?2, ?3, ?4)"
          " ON CONFLICT (company_id, channel, address) DO UPDATE SET received_at = max(received_at, ?4)",
          company, core::to_string(channel), address, at);
}

std::optional<core::Instant> Directory::last_inbound(CompanyId company, core::Channel channel,
                                                     std::string_view address) const {
  Query query(database_, "SELECT received_at FROM inbound WHERE company_id = ?1 AND channel = ?2 AND address = ?3",
              company, core::to_string(channel), address);
  if (!query.next()) return std::nullopt;
  return query.instant(0);
}

void Directory::forget_inbound(CompanyId company, core::Channel channel, std::string_view address) {
  execute(database_, "DELETE FROM inbound WHERE company_id = ?1 AND channel = ?2 AND address = ?3", company,
          core::to_string(channel), address);
}

}  // namespace egarage::store
