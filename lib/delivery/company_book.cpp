#include "delivery/company_book.hpp"

namespace egarage::delivery {

namespace {

std::optional<CompanyFacts> look_up(const store::Directory& directory, store::CompanyId id) {
  const auto [found, company] = directory.company(id);
  const auto zone = core::TimeZone::locate(company.time_zone);
  if (!zone) return std::nullopt;
  return CompanyFacts{found,
                      company.slug,
                      *zone,
                      company.hours,
                      content::brand_of(company),
                      company.email_account,
                      core::Opening{false, core::Instant::min()}};
}

}  // namespace

CompanyFacts* CompanyBook::find(store::CompanyId id) {
  auto place = known_.find(id);
  if (place == known_.end()) place = known_.emplace(id, look_up(directory_, id)).first;
  return place->second ? &*place->second : nullptr;
}

}  // namespace egarage::delivery
