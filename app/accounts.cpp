#include "app/accounts.hpp"

#include <algorithm>
#include <array>

#include "channels/file/file_sender.hpp"
#include "channels/sms/providers.hpp"
#include "channels/whatsapp/cloud_provider.hpp"
#include "channels/whatsapp/twilio_provider.hpp"
#include "config/transports.hpp"
#include "content/whatsapp_message.hpp"
#include "core/error.hpp"

namespace egarage::app {
namespace {

using channels::http::Provider;
using core::Account;
using core::Channel;

std::unique_ptr<Provider> make_cloud(const Account& account, core::Secret token) {
  const auto& settings = std::get<core::WhatsappAccount>(account);
  std::vector<core::Event> events;
  for (const auto& traits : core::all_events) events.push_back(traits.event);
  constexpr std::array languages{core::Language::es, core::Language::en};
  return channels::whatsapp::make_cloud_provider(settings, std::move(token),
                                                 content::whatsapp_templates(settings, events, languages));
}

std::unique_ptr<Provider> make_twilio_whatsapp(const Account& account, core::Secret secret) {
  return channels::whatsapp::make_twilio_whatsapp_provider(std::get<core::WhatsappAccount>(account), std::move(secret));
}

template <auto make>
std::unique_ptr<Provider> make_sms(const Account& account, core::Secret secret) {
  return make(std::get<core::SmsAccount>(account), std::move(secret));
}

/// A transport over HTTP has a maker of its provider; `smtp` and `file` have senders of their own.
struct Transport {
  Channel channel;
  std::string_view name;
  std::string_view host;  ///< the provider's own
  std::unique_ptr<Provider> (*make)(const Account&, core::Secret) = nullptr;
};
constexpr Transport transports[] = {
    {Channel::email, "smtp", ""},
    {Channel::email, "file", ""},
    {Channel::whatsapp, "cloud", "graph.facebook.com", make_cloud},
    {Channel::whatsapp, "twilio", "api.twilio.com", make_twilio_whatsapp},
    {Channel::whatsapp, "file", ""},
    {Channel::sms, "twilio", "api.twilio.com", make_sms<channels::sms::make_twilio_provider>},
    {Channel::sms, "vonage", "rest.nexmo.com", make_sms<channels::sms::make_vonage_provider>},
    {Channel::sms, "http", "", make_sms<channels::sms::make_gateway_provider>},
    {Channel::sms, "file", ""},
};

template <std::size_t count>
constexpr bool knows_exactly(Channel channel, const std::array<std::string_view, count>& names) {
  std::size_t next = 0;
  for (const auto& transport : transports) {
    if (transport.channel != channel) continue;
    if (next == count || names[next++] != transport.name) return false;
  }
  return next == count;
}
static_assert(knows_exactly(Channel::email, config::email_transports) &&
              knows_exactly(Channel::whatsapp, config::whatsapp_transports) &&
              knows_exactly(Channel::sms, config::sms_transports));

const Transport* find_transport(const Account& account) {
  const auto found = std::ranges::find_if(transports, [&](const Transport& transport) {
    return transport.channel == core::channel_of(account) && transport.name == core::transport_of(account);
  });
  return found == std::end(transports) ? nullptr : &*found;
}

std::unique_ptr<channels::Sender> write_files(const Account& account, const std::filesystem::path& outbox) {
  return std::visit([&](const auto& settings) { return channels::file::make_file_sender(outbox, settings); }, account);
}

struct HttpPlace {
  std::string url, ca_file;
};

HttpPlace place_of(const Account& account) {
  if (const auto* whatsapp = std::get_if<core::WhatsappAccount>(&account)) return {whatsapp->url, whatsapp->ca_file};
  if (const auto* sms = std::get_if<core::SmsAccount>(&account)) {
    return {sms->transport == "http" ? sms->gateway.url : sms->url, sms->ca_file};
  }
  return {};
}

}  // namespace

std::unique_ptr<Provider> make_provider(const Account& account, core::Secret secret) {
  const auto* transport = find_transport(account);
  return transport && transport->make ? transport->make(account, std::move(secret)) : nullptr;
}

channels::http::Reach http_reach(const Account& account, const config::NetworkSettings& network) {
  channels::http::Reach reach{network.allowed_hosts, network.private_addresses};
  if (const auto* transport = find_transport(account); transport && !transport->host.empty()) {
    reach.hosts.emplace_back(transport->host);
  }
  // Whoever writes an address of this machine into the configuration may use it (tests, a gateway beside us).
  if (!place_of(account).url.empty()) {
    for (const auto* here : {"127.0.0.1", "localhost", "::1"}) reach.hosts.emplace_back(here);
  }
  return reach;
}

channels::http::Options http_options(const Account& account, const AccountSurroundings& surroundings,
                                     std::size_t connections) {
  channels::http::Options options;
  options.connections = connections;
  options.ca_file = place_of(account).ca_file;
  options.reach = http_reach(account, surroundings.reach);
  return options;
}

std::variant<std::unique_ptr<channels::Sender>, std::string> open_account(const Account& account,
                                                                          const AccountSurroundings& surroundings,
                                                                          channels::email::SmtpOptions smtp) {
  const auto* transport = find_transport(account);
  if (!transport) return "this version does not know the transport " + core::transport_of(account);
  if (transport->name == "file") return write_files(account, surroundings.outbox);
  auto opened = surroundings.secrets.open(core::password_of(account));
  if (const auto* unavailable = std::get_if<config::SecretKeeper::Unavailable>(&opened)) return unavailable->sentence;
  auto secret = std::get<core::Secret>(std::move(opened));
  if (const auto* email = std::get_if<core::EmailAccount>(&account)) {
    return channels::email::make_smtp_sender(surroundings.network, *email, std::move(secret), std::move(smtp));
  }
  try {
    return channels::http::make_http_sender(surroundings.network, transport->make(account, std::move(secret)),
                                            http_options(account, surroundings, smtp.connections));
  } catch (const core::Error& error) {
    return std::string(error.what());
  }
}

}  // namespace egarage::app
