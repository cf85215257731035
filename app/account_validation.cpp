#include "app/account_validation.hpp"

#include <fmt/format.h>

#include "app/accounts.hpp"
#include "channels/http/target.hpp"
#include "content/whatsapp_message.hpp"
#include "core/error.hpp"

namespace egarage::app {
namespace {

/// The URL of the account that is not its provider's own; empty for none.
std::string own_url(const core::Account& account) {
  if (const auto* whatsapp = std::get_if<core::WhatsappAccount>(&account)) return whatsapp->url;
  if (const auto* sms = std::get_if<core::SmsAccount>(&account)) {
    return sms->transport == "http" ? sms->gateway.url : sms->url;
  }
  return {};
}

void validate(const core::Account& account, const std::string& owner, const config::NetworkSettings& network) {
  const auto name = fmt::format("{} {}", owner, core::to_string(core::channel_of(account)));
  try {
    if (const auto* whatsapp = std::get_if<core::WhatsappAccount>(&account)) content::check_expressions(*whatsapp);
    make_provider(account, core::Secret{});
  } catch (const core::Error& error) {
    throw core::Error(error.code(), fmt::format("{}: {}", name, error.what()), error.hint());
  }
  const auto url = own_url(account);
  if (url.empty()) return;
  const auto target = channels::http::check_target(url, http_reach(account, network));
  if (const auto* why_not = std::get_if<std::string>(&target)) {
    throw core::Error(core::ExitCode::configuration, fmt::format("{}: {}", name, *why_not),
                      "Add its host to [network] allowed_hosts if you trust it.");
  }
}

}  // namespace

void validate_accounts(const config::Configuration& configuration) {
  const auto each = [&](const core::Accounts& accounts, const std::string& owner) {
    for (const auto& [channel, name] : core::channel_names) {
      if (const auto account = accounts.on(channel)) validate(*account, owner, configuration.network);
    }
  };
  each(configuration.platform.accounts, "platform");
  for (const auto& company : configuration.companies) each(company.accounts, company.slug);
}

}  // namespace egarage::app
