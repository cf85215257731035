#pragma once

#include <map>
#include <optional>
#include <string>

#include "content/email_body.hpp"
#include "core/sending_hours.hpp"
#include "core/time_zone.hpp"
#include "delivery/layout_book.hpp"
#include "store/directory.hpp"

namespace egarage::delivery {

/// What a run needs to know of a company, looked up once.
struct CompanyFacts {
  store::CompanyId id;
  std::string slug;
  core::TimeZone zone;
  core::SendingHours hours;
  content::Brand brand;
  std::map<core::Event, core::OnUncertain> on_uncertain;  ///< where it says something about that
  core::Opening opening;                                  ///< at the last look; valid until opening.change

  std::optional<core::OnUncertain> on_uncertain_of(core::Event event) const {
    const auto known = on_uncertain.find(event);
    return known == on_uncertain.end() ? std::nullopt : std::optional(known->second);
  }

  /// The sending hours at `now`.
  const core::Opening& opening_now(core::Instant now) {
    if (now >= opening.change) opening = core::opening_at(hours, zone, now);
    return opening;
  }
};

class CompanyBook {
 public:
  /// Without layouts, for runs that compose nothing.
  explicit CompanyBook(store::Directory& directory) : directory_(directory) {}
  CompanyBook(store::Directory& directory, LayoutBook layouts) : directory_(directory), layouts_(std::move(layouts)) {}

  /// Null when the company's time zone is unknown on this system: nobody can say then when it may send.
  CompanyFacts* find(store::CompanyId id);
  /// The layout of the platform's own e-mails; null: the product's.
  std::shared_ptr<const content::EmailLayout> platform_layout() { return layouts_ ? layouts_->of_platform() : nullptr; }

 private:
  store::Directory& directory_;
  std::optional<LayoutBook> layouts_;
  std::map<store::CompanyId, std::optional<CompanyFacts>> known_;
};

}  // namespace egarage::delivery
