#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "channels/channel.hpp"
#include "channels/email/smtp_sender.hpp"
#include "channels/http/http_sender.hpp"
#include "config/configuration.hpp"
#include "config/secrets.hpp"
#include "core/account.hpp"

namespace egarage::app {

/// What opening an account needs beside the account itself.
struct AccountSurroundings {
  channels::Network& network;
  config::SecretKeeper secrets;
  std::filesystem::path outbox;  ///< where `file` accounts write
  config::NetworkSettings reach;
};

/// The sender for the account's transport, or one sentence saying why it cannot be used (its secret is not there, its
/// transport is unknown). `connections` at most; the rest of `smtp` matters to `smtp` only. Throws nothing that an
/// account can cause.
std::variant<std::unique_ptr<channels::Sender>, std::string> open_account(const core::Account& account,
                                                                          const AccountSurroundings& surroundings,
                                                                          channels::email::SmtpOptions smtp);

/// What the account's provider speaks, for transports over HTTP; null for others. Throws core::Error{configuration} for
/// a gateway whose description does not hold together.
std::unique_ptr<channels::http::Provider> make_provider(const core::Account& account, core::Secret secret);

/// Where the account's requests may go: to its provider, to hosts that the operator allows ([network] allowed_hosts),
/// and to this machine where its own `url` or gateway says so.
channels::http::Reach http_reach(const core::Account& account, const config::NetworkSettings& network);

channels::http::Options http_options(const core::Account& account, const AccountSurroundings& surroundings,
                                     std::size_t connections);

}  // namespace egarage::app
