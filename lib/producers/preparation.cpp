#include "producers/preparation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "content/context.hpp"
#include "content/whatsapp_message.hpp"
#include "content/whatsapp_payload.hpp"
#include "core/error.hpp"
#include "core/nearest_name.hpp"
#include "core/utf8.hpp"
#include "producers/addressing.hpp"

namespace egarage::producers {
namespace {

std::string_view no_account(core::Channel channel) {
  switch (channel) {
    case core::Channel::whatsapp:
      return "no whatsapp account";
    case core::Channel::sms:
      return "no sms account";
    case core::Channel::email:
      break;
  }
  return "no e-mail account";
}

core::Route route_of(const EventLine& event, const core::Company& company) {
  auto route = company.route(event.event);
  if (!event.channels.empty()) route.channels = event.channels;
  return route;
}

/// What stands behind the `@` of the message's id. Only e-mail shows it; elsewhere the id is ours alone.
std::string_view id_domain(const Sender& sender, core::Channel channel) {
  return channel == core::Channel::email ? sender.accounts.email->from.address.domain() : core::to_string(channel);
}

/// Notices to the administrator know whom to write to even when the event does not say.
void complete_administrator(EventLine& event, const core::Administrator& admin) {
  auto& recipient = event.recipient;
  auto& object = event.objects["recipient"];
  if (recipient.name.empty()) {
    recipient.name = core::one_line(admin.name);
    object["nombre"] = recipient.name;
  }
  if (!recipient.email) {
    recipient.email = core::EmailAddress::parse(admin.email);
    if (recipient.email) object["email"] = recipient.email->str();
  }
}

std::string unknown_company(const std::string& slug, const std::vector<std::string>& known) {
  const std::vector<std::string_view> names{known.begin(), known.end()};
  const auto nearest = core::nearest_name(slug, names);
  return fmt::format("\"company\" is \"{}\", which is no known company{}", core::one_line(core::cut_utf8(slug, 64)),
                     nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "");
}

store::NewNotification make(const EventLine& event, const Tenant& tenant, const Sender& sender, core::Channel channel,
                            std::string address, const nlohmann::json& context, core::Instant at) {
  const auto& company = tenant.company;
  const auto languages = content::languages_for(event.recipient.language, company);
  const auto& currency = event.currency.empty() ? company.currency : event.currency;
  content::Locality locality{currency, tenant.zone, at};
  if (channel == core::Channel::sms) locality.sms_alphabet = sender.accounts.sms->alphabet;
  auto message = tenant.texts->render(event.event, channel, languages, context, locality);
  store::NewNotification notification;
  notification.company = tenant.id;
  notification.event = event.event;
  notification.channel = channel;
  notification.sent_by = sender.sent_by;
  notification.dedup_key = fmt::format("{}/{}/{}", core::to_string(event.event), event.key, core::to_string(channel));
  notification.language = message.language;
  notification.recipient_name = event.recipient.name;
  notification.recipient = std::move(address);
  notification.subject = std::move(message.subject);
  notification.body = std::move(message.body);
  if (channel == core::Channel::whatsapp) {
    notification.payload = content::to_payload(content::make_whatsapp_message(
        *tenant.texts, *sender.accounts.whatsapp, event.event, languages, context, locality));
  }
  notification.message_id_domain = id_domain(sender, channel);
  notification.due_at = std::max(at, event.not_before.value_or(at));
  notification.not_after = event.not_after;
  notification.customer = event.customer;
  notification.subjects = event.subjects;
  return notification;
}

}  // namespace

std::vector<std::string> obstacles(const EventLine& event, const Tenant& tenant, const Tenants& tenants) {
  std::vector<std::string> reasons;
  const auto audience = core::traits(event.event).audience;
  Addresses addresses{event.recipient, tenant.company.country};
  for (const auto channel : route_of(event, tenant.company).channels) {
    auto address = addresses.on(channel);
    if (!tenants.sender(tenant, audience, channel)) {
      reasons.emplace_back(no_account(channel));
    } else if (auto* unreachable = std::get_if<Unreachable>(&address)) {
      reasons.push_back(std::move(unreachable->reason));
    } else {
      return {};
    }
  }
  return reasons;
}

std::variant<Prepared, LineError> prepare(EventLine event, Tenants& tenants, core::Instant at) {
  const auto* tenant = tenants.find(event.company);
  if (!tenant) return LineError{unknown_company(event.company, tenants.slugs())};
  const auto& company = tenant->company;
  const auto audience = core::traits(event.event).audience;
  if (audience == core::Audience::company_admin) complete_administrator(event, company.admin);

  Prepared prepared;
  std::vector<store::NewNotification> made;
  std::optional<nlohmann::json> context;
  const auto route = route_of(event, company);
  Addresses addresses{event.recipient, company.country};
  for (const auto channel : route.channels) {
    const auto sender = tenants.sender(*tenant, audience, channel);
    auto address = addresses.on(channel);
    if (event.not_after && *event.not_after < at) {
      prepared.skipped.emplace_back("already over");
    } else if (!sender) {
      prepared.skipped.emplace_back(no_account(channel));
    } else if (auto* unreachable = std::get_if<Unreachable>(&address)) {
      prepared.skipped.push_back(std::move(unreachable->reason));
    } else {
      if (!context) {
        context =
            content::make_context(std::move(event.objects), company, tenants.platform(), audience, tenant->zone, at);
      }
      try {
        made.push_back(make(event, *tenant, *sender, channel, std::get<std::string>(std::move(address)), *context, at));
      } catch (const core::Error& error) {
        if (error.code() != core::ExitCode::configuration) throw;
        return LineError{fmt::format("cannot be rendered: {}", error.what())};
      }
    }
  }
  if (route.order == core::ChannelOrder::first) {
    if (!made.empty()) prepared.chains.push_back(std::move(made));
  } else {
    for (auto& notification : made) prepared.chains.emplace_back().push_back(std::move(notification));
  }
  return prepared;
}

}  // namespace egarage::producers
