#include "producers/tenants.hpp"

namespace egarage::producers {
Tenants::Tenants(store::Database& database)
    : directory_(database), platform_(directory_.platform()), identity_{platform_.name, platform_.contact()} {}

const Tenant* Tenants::find(const std::string& slug) {
  auto known = known_.find(slug);
  if (known == known_.end()) {
    std::optional<Tenant> tenant;
    if (auto stored = directory_.find_company(slug)) {
      const auto zone = core::TimeZone::locate(stored->company.time_zone).value_or(core::TimeZone::utc());
      tenant = Tenant{stored->id, std::move(stored->company), zone};
    }
    known = known_.emplace(slug, std::move(tenant)).first;
  }
  return known->second ? &*known->second : nullptr;
}

std::vector<std::string> Tenants::slugs() const {
  std::vector<std::string> slugs;
  for (const auto& stored : directory_.companies()) slugs.push_back(stored.company.slug);
  return slugs;
}

std::optional<Sender> Tenants::sender(const Tenant& tenant, core::Audience audience, core::Channel channel) const {
  if (channel != core::Channel::email) return std::nullopt;  // the only kind of account there is
  const auto& own = tenant.company.email_account;
  if (audience == core::Audience::customer && own) return Sender{store::SentBy::company, own->from.address.domain()};
  const bool platform_stands_in = audience == core::Audience::company_admin || platform_.serves_companies;
  const auto& platforms = platform_.email_account;
  if (platform_stands_in && platforms) return Sender{store::SentBy::platform, platforms->from.address.domain()};
  return std::nullopt;
}

}  // namespace egarage::producers
