#include "delivery/company_book.hpp"

namespace egarage::delivery {

namespace {

std::map<core::EventClass, core::ContactLimit> limits_of(const core::Company& company,
                                                         const core::ContactLimits& platform) {
  std::map<core::EventClass, core::ContactLimit> limits;
  for (const auto& [event_class, name] : core::event_class_names) {
    const auto& limit = core::contact_limit(event_class, company.limits, platform);
    if (!limit.is_unlimited()) limits.emplace(event_class, limit);
  }
  return limits;
}

std::optional<CompanyFacts> look_up(const store::Directory& directory, std::optional<LayoutBook>& layouts,
                                    const core::ContactLimits& platform_limits, store::CompanyId id) {
  const auto [found, company] = directory.company(id);
  const auto zone = core::TimeZone::locate(company.time_zone);
  if (!zone) return std::nullopt;
  auto brand = content::brand_of(company);
  if (layouts) brand.layout = layouts->of_company(id, company.slug);
  std::map<core::Event, core::OnUncertain> on_uncertain;
  std::map<core::Event, core::SendingHours> event_hours;
  for (const auto& [event, route] : company.routes) {
    if (route.on_uncertain) on_uncertain.emplace(event, *route.on_uncertain);
    if (route.hours) event_hours.emplace(event, *route.hours);
  }
  return CompanyFacts{found,
                      company.slug,
                      *zone,
                      company.hours,
                      std::move(brand),
                      std::move(on_uncertain),
                      std::move(event_hours),
                      limits_of(company, platform_limits),
                      core::Opening{false, core::Instant::min()}};
}

}  // namespace

const core::ContactLimit* CompanyFacts::limit_on(core::Event event) const {
  const auto& traits = core::traits(event);
  if (traits.audience != core::Audience::customer) return nullptr;
  const auto found = limits.find(traits.event_class);
  return found == limits.end() ? nullptr : &found->second;
}

const core::Opening& CompanyFacts::opening_of(core::Event event, core::Instant now) {
  const auto own = event_hours.find(event);
  auto& known = own == event_hours.end() ? opening : event_openings[event];
  if (now >= known.change) known = core::opening_at(own == event_hours.end() ? hours : own->second, zone, now);
  return known;
}

const core::Opening& CompanyFacts::opening_now(core::Instant now) {
  if (now >= opening.change) opening = core::opening_at(hours, zone, now);
  const auto* first = &opening;
  for (const auto& [event, own] : event_hours) {
    const auto& other = opening_of(event, now);
    if (!first->open && (other.open || other.change < first->change)) first = &other;
  }
  return *first;
}

core::Instant CompanyFacts::first_opening(core::Event event, core::Instant from) const {
  const auto at = core::opening_at(hours_of(event), zone, from);
  return at.open ? from : at.change;
}

CompanyFacts* CompanyBook::find(store::CompanyId id) {
  auto place = known_.find(id);
  if (place == known_.end()) {
    if (!platform_limits_) platform_limits_ = directory_.platform().limits;
    place = known_.emplace(id, look_up(directory_, layouts_, *platform_limits_, id)).first;
  }
  return place->second ? &*place->second : nullptr;
}

}  // namespace egarage::delivery
