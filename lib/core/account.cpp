#include "core/account.hpp"

#include <utility>

namespace egarage::core {

namespace {

template <typename Account>
std::optional<core::Account> as_account(const std::optional<Account>& account) {
  return account ? std::optional<core::Account>(*account) : std::nullopt;
}

}  // namespace

Channel channel_of(const Account& account) {
  if (std::holds_alternative<WhatsappAccount>(account)) return Channel::whatsapp;
  if (std::holds_alternative<SmsAccount>(account)) return Channel::sms;
  return Channel::email;
}

const std::string& transport_of(const Account& account) {
  return std::visit([](const auto& settings) -> const std::string& { return settings.transport; }, account);
}

const SecretReference& password_of(const Account& account) {
  return std::visit([](const auto& settings) -> const SecretReference& { return settings.password; }, account);
}

SecretReference& password_of(Account& account) {
  return std::visit([](auto& settings) -> SecretReference& { return settings.password; }, account);
}

const Pace& pace_of(const Account& account) {
  return std::visit([](const auto& settings) -> const Pace& { return settings.pace; }, account);
}

std::optional<Account> Accounts::on(Channel channel) const {
  switch (channel) {
    case Channel::whatsapp:
      return as_account(whatsapp);
    case Channel::sms:
      return as_account(sms);
    case Channel::email:
      break;
  }
  return as_account(email);
}

bool Accounts::has(Channel channel) const {
  switch (channel) {
    case Channel::whatsapp:
      return whatsapp.has_value();
    case Channel::sms:
      return sms.has_value();
    case Channel::email:
      break;
  }
  return email.has_value();
}

void Accounts::set(Account account) {
  if (auto* settings = std::get_if<EmailAccount>(&account)) email = std::move(*settings);
  if (auto* settings = std::get_if<WhatsappAccount>(&account)) whatsapp = std::move(*settings);
  if (auto* settings = std::get_if<SmsAccount>(&account)) sms = std::move(*settings);
}

}  // namespace egarage::core
