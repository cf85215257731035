#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "content/context.hpp"
#include "content/message.hpp"
#include "core/time_zone.hpp"
#include "store/directory.hpp"
#include "store/templates.hpp"

namespace egarage::producers {

/// A company with what producers need of it at every event.
struct Tenant {
  store::CompanyId id;
  core::Company company;
  core::TimeZone zone;
  std::shared_ptr<const content::Catalogue> texts;  ///< its own, the platform's, the product's
};

/// Who a message comes from.
struct Sender {
  store::SentBy sent_by;
  const core::Accounts& accounts;  ///< among them that of the channel
};

/// The companies and the platform as they are in the store, each read once: a run uses one version of every text.
class Tenants {
 public:
  explicit Tenants(store::Database& database);

  /// Null when no company has the slug. The pointer stays valid.
  const Tenant* find(const std::string& slug);
  /// The tenant of a company that was read before. The reference stays valid.
  const Tenant& of(const store::StoredCompany& stored);
  std::vector<std::string> slugs() const;
  const content::PlatformIdentity& platform() const { return identity_; }

  /// The account for messages of that audience on that channel: the company's own, or the platform's where it serves
  /// companies; notices to the company's administrator are the platform's. Empty when there is none.
  std::optional<Sender> sender(const Tenant& tenant, core::Audience audience, core::Channel channel) const;

 private:
  Tenant make(store::StoredCompany stored) const;

  store::Directory directory_;
  store::Templates templates_;
  store::Platform platform_;
  content::PlatformIdentity identity_;
  std::vector<std::shared_ptr<const content::Shelf>> common_shelves_;  ///< the platform's, the product's
  std::shared_ptr<const content::Catalogue> common_texts_;             ///< for companies without texts of their own
  std::unordered_map<std::string, std::optional<Tenant>> known_;
};

}  // namespace egarage::producers
