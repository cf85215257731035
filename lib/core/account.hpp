#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/channel.hpp"
#include "core/email_account.hpp"
#include "core/sms_account.hpp"
#include "core/whatsapp_account.hpp"

namespace egarage::core {

/// What messages go out from; the alternative says on which channel.
using Account = std::variant<EmailAccount, WhatsappAccount, SmsAccount>;

Channel channel_of(const Account& account);
const std::string& transport_of(const Account& account);
const SecretReference& password_of(const Account& account);
SecretReference& password_of(Account& account);
const Pace& pace_of(const Account& account);

/// The accounts of a company or of the platform, at most one a channel.
struct Accounts {
  std::optional<EmailAccount> email;
  std::optional<WhatsappAccount> whatsapp;
  std::optional<SmsAccount> sms;

  std::optional<Account> on(Channel channel) const;
  bool has(Channel channel) const;
  /// Puts the account in the place of its channel.
  void set(Account account);

  bool operator==(const Accounts&) const = default;
};

}  // namespace egarage::core
