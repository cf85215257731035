#include "producers/tenants.hpp"

namespace egarage::producers {

namespace {

/// Null when there are none.
std::shared_ptr<const content::Shelf> shelf_of(content::Level level, const std::string& label,
                                               const std::vector<store::StoredTemplate>& texts) {
  if (texts.empty()) return nullptr;
  auto shelf = std::make_shared<content::Shelf>(level, label);
  for (const auto& stored : texts) {
    if (const auto key = content::parse_text_key(stored.name)) shelf->put(*key, stored.text);
  }
  return shelf;
}

}  // namespace

Tenants::Tenants(store::Database& database)
    : directory_(database),
      templates_(database),
      platform_(directory_.platform()),
      identity_{platform_.name, platform_.contact()} {
  if (auto shelf = shelf_of(content::Level::platform, "platform", templates_.of(std::nullopt))) {
    common_shelves_.push_back(std::move(shelf));
  }
  common_shelves_.push_back(content::Shelf::of_product());
  common_texts_ = std::make_shared<content::Catalogue>(common_shelves_);
}

Tenant Tenants::make(store::StoredCompany stored) const {
  const auto zone = core::TimeZone::locate(stored.company.time_zone).value_or(core::TimeZone::utc());
  auto texts = common_texts_;
  if (auto own = shelf_of(content::Level::company, stored.company.slug, templates_.of(stored.id))) {
    auto shelves = common_shelves_;
    shelves.insert(shelves.begin(), std::move(own));
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
