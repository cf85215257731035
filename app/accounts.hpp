#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "channels/channel.hpp"
#include "channels/email/smtp_sender.hpp"
#include "config/secrets.hpp"
#include "core/email_account.hpp"

namespace egarage::app {

/// What opening an account needs beside the account itself.
struct AccountSurroundings {
  channels::Network& network;
  config::SecretKeeper secrets;
  std::filesystem::path outbox;  ///< where `file` accounts write
};

/// The sender for the account's transport, or one sentence saying why it cannot be used (its secret is not there, its
/// transport is unknown). `options` matter to `smtp` only. Throws nothing that an account can cause.
std::variant<std::unique_ptr<channels::Sender>, std::string> open_email_account(const core::EmailAccount& account,
                                                                                const AccountSurroundings& surroundings,
                                                                                channels::email::SmtpOptions options);

}  // namespace egarage::app
