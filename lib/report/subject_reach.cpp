#include "report/subject_reach.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "producers/addressing.hpp"
#include "producers/local_day.hpp"
#include "producers/tenants.hpp"
#include "report/wall_clock.hpp"
#include "report/wording.hpp"
#include "store/contacts.hpp"

namespace egarage::report {
namespace {

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

/// Why a message of the event would not leave on the channel; empty when it would.
std::string obstacle(store::Database& database, const producers::Tenants& tenants, const producers::Tenant& tenant,
                     const producers::EventLine& event, core::Channel channel, const Telling& telling) {
  const auto sender = tenants.sender(tenant, core::Audience::customer, channel);
  if (!sender) return fmt::format("{} has no {} account", tenant.company.slug, core::to_string(channel));
  const store::Directory directory(database);
  const bool is_own = sender->sent_by == store::SentBy::company;
  const auto health = directory.account_health({is_own ? std::optional(tenant.id) : std::nullopt, channel});
  producers::Addresses addresses(event.recipient, tenant.company.country);
  const auto address = addresses.on(channel);
  if (const auto* unreachable = std::get_if<producers::Unreachable>(&address)) return unreachable->reason;
  const auto event_class = core::traits(event.event).event_class;
  if (const auto why = directory.suppression(tenant.id, channel, std::get<std::string>(address), event_class)) {
    return fmt::format("{}: not to be written to: {}", core::to_string(channel),
                       telling.privacy == Privacy::full ? *why : without_addresses(*why));
  }
  if (health.rests_at(telling.now)) {
    return fmt::format("the {} account is {}: {}", core::to_string(channel),
                       core::name_of(store::account_state_names, health.state), without_addresses(health.reason));
  }
  return {};
}

/// When the address may be written to once more with messages of the event's class, if that is not now.
std::optional<core::Instant> limited_until(store::Database& database, const producers::Tenant& tenant,
                                           const producers::EventLine& event, std::string address,
                                           const Telling& telling) {
  const auto event_class = core::traits(event.event).event_class;
  const auto platform = store::Directory(database).platform();
  const auto& limit = core::contact_limit(event_class, tenant.company.limits, platform.limits);
  if (limit.is_unlimited()) return std::nullopt;
  const store::Addressee addressee{tenant.id, event.customer, std::move(address)};
  store::ContactDays heard(tenant.zone);
  for (const auto& one : store::Contacts(database).that_count(addressee, event_class, limit, telling.now)) {
    heard.add(one.occasion, one.at);
  }
  const auto next = heard.next(limit, telling.now);
  return next.because ? std::optional(next.at) : std::nullopt;
}

/// The same for the first of the channels that is free again; empty as soon as one is now.
std::optional<core::Instant> limited_until(store::Database& database, const producers::Tenant& tenant,
                                           const producers::EventLine& event, std::span<const core::Channel> channels,
                                           const Telling& telling) {
  producers::Addresses addresses(event.recipient, tenant.company.country);
  std::optional<core::Instant> first;
  for (const auto channel : channels) {
    auto address = addresses.on(channel);
    auto* known = std::get_if<std::string>(&address);
    const auto until =
        limited_until(database, tenant, event, known != nullptr ? std::move(*known) : std::string{}, telling);
    if (!until) return std::nullopt;
    first = std::min(*until, first.value_or(*until));
  }
  return first;
}

std::string line_of(store::Database& database, producers::Tenants& tenants, const producers::Tenant& tenant,
                    const producers::CustomerCase& about, const Telling& telling, std::vector<std::string>& obstacles) {
  const auto code = core::to_string(about.event);
  const auto today = producers::day_at(telling.now, tenant.zone);
  auto made = producers::customer_event(database, tenant, about, today);
  if (const auto* withheld = std::get_if<producers::Withheld>(&made)) {
    add_once(obstacles, fmt::format("{}: {}", code, withheld->reason));
    return fmt::format("{}: no: {}", code, withheld->reason);
  }
  const auto& event = std::get<producers::EventLine>(made);
  const auto& route = tenant.company.route(about.event);
  const auto& channels = event.channels.empty() ? route.channels : event.channels;
  std::string line;
  bool reaches = false;
  for (const auto channel : channels) {
    const auto why = obstacle(database, tenants, tenant, event, channel, telling);
    reaches |= why.empty();
    line += fmt::format("{}{}{}",
                        line.empty()                               ? ""
                        : route.order == core::ChannelOrder::first ? ", else "
                                                                   : " and ",
                        core::to_string(channel), why.empty() ? "" : " (no: " + why + ")");
    if (!why.empty()) add_once(obstacles, why);
  }
  const auto limit = limited_until(database, tenant, event, channels, telling);
  if (limit) {
    add_once(obstacles, fmt::format("has had as many {} messages as the limit allows; the next one from {}",
                                    core::to_string(core::traits(about.event).event_class),
                                    wall_clock_minute(*limit, tenant.zone)));
  }
  const auto opening = producers::next_opening(tenant.company, about.event, tenant.zone, limit.value_or(telling.now));
  return fmt::format("{}: {}{}{}", code, reaches ? "" : "reaches nobody: ", line,
                     opening == telling.now ? "" : ", not before " + wall_clock_minute(opening, tenant.zone));
}

}  // namespace

SubjectStory::Section reach_section(store::Database& database, const store::StoredCompany& company,
                                    const store::Customer& customer, const store::Vehicle* vehicle,
                                    const Telling& telling, std::vector<std::string>& obstacles) {
  SubjectStory::Section section{"How messages would reach the customer now", {}};
  producers::Tenants tenants(database);
  const auto* tenant = tenants.find(company.company.slug);
  for (const auto& traits : core::all_events) {
    if (traits.audience != core::Audience::customer) continue;
    section.lines.push_back(
        line_of(database, tenants, *tenant, {traits.event, customer, vehicle, nullptr}, telling, obstacles));
  }
  return section;
}

}  // namespace egarage::report
