#include "delivery/company_book.hpp"

namespace egarage::delivery {

namespace {

std::optional<CompanyFacts> look_up(const store::Directory& directory, std::optional<LayoutBook>& layouts,
                                    store::CompanyId id) {
  const auto [found, company] = directory.company(id);
  const auto zone = core::TimeZone::locate(company.time_zone);
  if (!zone) return std::nullopt;
  auto brand = content::brand_of(company);
  if (layouts) brand.layout = layouts->of_company(id, company.slug);
  std::map<core::Event, core::OnUncertain> on_uncertain;
  for (const auto& [event, route] : company.routes) {
    if (route.on_uncertain) on_uncertain.emplace(event, *route.on_uncertain);
  }
  return CompanyFacts{found,
                      company.slug,
                      *zone,
                      company.hours,
                      std::move(brand),
                      std::move(on_uncertain),
                      core::Opening{false, core::Instant::min()}};
}

}  // namespace

CompanyFacts* CompanyBook::find(store::CompanyId id) {
  auto place = known_.find(id);
  if (place == known_.end()) place = known_.emplace(id, look_up(directory_, layouts_, id)).first;
  return place->second ? &*place->second : nullptr;
}

}  // namespace egarage::delivery
