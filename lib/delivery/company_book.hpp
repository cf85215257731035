#pragma once

#include <map>
#include <optional>
#include <string>

#include "content/email_body.hpp"
#include "core/contact_limit.hpp"
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
  std::map<core::Event, core::SendingHours> event_hours;  ///< where they are not the company's
  std::map<core::EventClass, core::ContactLimit> limits;  ///< of the classes that have one
  core::Opening opening;                                  ///< at the last look; valid until opening.change
  std::map<core::Event, core::Opening> event_openings{};  ///< likewise; of each of event_hours

  std::optional<core::OnUncertain> on_uncertain_of(core::Event event) const {
    const auto known = on_uncertain.find(event);
    return known == on_uncertain.end() ? std::nullopt : std::optional(known->second);
  }

  const core::SendingHours& hours_of(core::Event event) const {
    const auto own = event_hours.find(event);
    return own == event_hours.end() ? hours : own->second;
  }
  /// The limit of messages of the event to one customer; null: there is none.
  const core::ContactLimit* limit_on(core::Event event) const;

  /// The sending hours of the event at `now`.
  const core::Opening& opening_of(core::Event event, core::Instant now);
  /// Whether anything at all may go at `now`, of whatever event, and when that changes.
  const core::Opening& opening_now(core::Instant now);
  /// The first instant from `from` on at which messages of the event may go.
  core::Instant first_opening(core::Event event, core::Instant from) const;
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
  std::optional<core::ContactLimits> platform_limits_{};
  std::map<store::CompanyId, std::optional<CompanyFacts>> known_;
};

}  // namespace egarage::delivery
