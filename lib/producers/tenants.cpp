#include "producers/tenants.hpp"

#include "producers/local_day.hpp"
#include "producers/shelves.hpp"

namespace egarage::producers {

Tenants::Tenants(store::Database& database)
    : directory_(database),
      templates_(database),
      platform_(directory_.platform()),
      identity_{platform_.name, platform_.contact()} {
  if (const auto texts = templates_.of(std::nullopt); !texts.empty()) {
    common_shelves_.push_back(shelf_of(content::Level::platform, "platform", texts));
  }
  common_shelves_.push_back(content::Shelf::of_product());
  common_texts_ = std::make_shared<content::Catalogue>(common_shelves_);
}

Tenant Tenants::make(store::StoredCompany stored) const {
  const auto zone = zone_of(stored.company);
  auto texts = common_texts_;
  if (const auto own = templates_.of(stored.id); !own.empty()) {
    auto shelves = common_shelves_;
    shelves.insert(shelves.begin(), shelf_of(content::Level::company, stored.company.slug, own));
    texts = std::make_shared<content::Catalogue>(std::move(shelves));
  }
  return {stored.id, std::move(stored.company), zone, std::move(texts)};
}

const Tenant* Tenants::find(const std::string& slug) {
  auto known = known_.find(slug);
  if (known == known_.end()) {
    std::optional<Tenant> tenant;
    if (auto stored = directory_.find_company(slug)) tenant = make(*std::move(stored));
    known = known_.emplace(slug, std::move(tenant)).first;
  }
  return known->second ? &*known->second : nullptr;
}

const Tenant& Tenants::of(const store::StoredCompany& stored) {
  auto& known = known_[stored.company.slug];
  if (!known) known = make(stored);
  return *known;
}

std::vector<std::string> Tenants::slugs() const {
  std::vector<std::string> slugs;
  for (const auto& stored : directory_.companies()) slugs.push_back(stored.company.slug);
  return slugs;
}

std::optional<Sender> Tenants::sender(const Tenant& tenant, core::Audience audience, core::Channel channel) const {
  const auto& own = tenant.company.accounts;
  if (audience == core::Audience::customer && own.has(channel)) return Sender{store::SentBy::company, own};
  const bool platform_stands_in = audience == core::Audience::company_admin || platform_.serves_companies;
  if (platform_stands_in && platform_.accounts.has(channel)) return Sender{store::SentBy::platform, platform_.accounts};
  return std::nullopt;
}

}  // namespace egarage::producers
