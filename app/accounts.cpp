#include "app/accounts.hpp"

#include <algorithm>
#include <array>

#include "channels/file/file_sender.hpp"
#include "config/transports.hpp"

namespace egarage::app {
namespace {

using Opened = std::variant<std::unique_ptr<channels::Sender>, std::string>;

Opened open_smtp(const core::EmailAccount& account, const AccountSurroundings& surroundings,
                 channels::email::SmtpOptions options) {
  auto password = surroundings.secrets.open(account.password);
  if (const auto* unavailable = std::get_if<config::SecretKeeper::Unavailable>(&password)) return unavailable->sentence;
  return channels::email::make_smtp_sender(surroundings.network, account, std::get<core::Secret>(std::move(password)),
                                           std::move(options));
}

Opened open_file(const core::EmailAccount& account, const AccountSurroundings& surroundings,
                 channels::email::SmtpOptions) {
  return channels::file::make_file_sender(surroundings.outbox, account);
}

struct Transport {
  std::string_view name;
  Opened (*open)(const core::EmailAccount&, const AccountSurroundings&, channels::email::SmtpOptions);
};
constexpr std::array<Transport, 2> transports{{{"smtp", open_smtp}, {"file", open_file}}};

constexpr bool configuration_knows_the_same_transports() {
  return std::equal(transports.begin(), transports.end(), config::email_transports.begin(),
                    config::email_transports.end(),
                    [](const Transport& transport, std::string_view name) { return transport.name == name; });
}
static_assert(configuration_knows_the_same_transports());

}  // namespace

Opened open_email_account(const core::EmailAccount& account, const AccountSurroundings& surroundings,
                          channels::email::SmtpOptions options) {
  for (const auto& transport : transports) {
    if (transport.name == account.transport) return transport.open(account, surroundings, std::move(options));
  }
  return "this version does not know the transport " + account.transport;
}

}  // namespace egarage::app
