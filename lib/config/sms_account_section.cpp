#include <fmt/format.h>

#include <algorithm>

#include "config/peer.hpp"
#include "config/section.hpp"
#include "config/sections.hpp"
#include "config/transports.hpp"
#include "core/ascii.hpp"

namespace egarage::config {
namespace {

using core::SmsAccount;

bool is_international_number(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         text.find_first_not_of("0123456789", 1) == text.npos;
}
bool is_short_code(std::string_view text) {
  return text.size() >= 3 && text.size() <= 8 && text.find_first_not_of("0123456789") == text.npos;
}
/// 3GPP TS 23.040 §9.1.2.5: an alphanumeric address has at most eleven septets.
bool is_alphanumeric_sender(std::string_view text) {
  const auto fits = [](char c) {
    return core::is_letter_or_digit(c) || std::string_view{" &+-_."}.find(c) != std::string_view::npos;
  };
  const auto is_letter = [](char c) { return core::is_letter_or_digit(c) && (c < '0' || c > '9'); };
  return text.size() <= 11 && std::ranges::all_of(text, fits) && std::ranges::any_of(text, is_letter);
}

std::string sender(const Value& value) {
  auto text = value.required_text();
  if (!is_international_number(text) && !is_short_code(text) && !is_alphanumeric_sender(text)) {
    value.refuse(fmt::format("is not a sender: \"{}\"", text),
                 "Write a number as \"+56221234567\", a short code, or a name of at most 11 letters and digits.");
  }
  return text;
}

/// For keys with two names, of which each provider uses one.
void put_once(const Value& value, std::string& target, std::string text) {
  if (!target.empty()) value.refuse("says again what another key says", "Keep one of user and api_key.");
  target = std::move(text);
}
void put_secret_once(const Value& value, core::SecretReference& target) {
  if (!target.empty())
    value.refuse("says again what another key says", "Keep one of password, auth_token and api_secret.");
  target = read_secret(value);
}

constexpr Key<SmsAccount> keys[] = {
    {"transport", [](const Value& v, SmsAccount& a) { a.transport = one_of(v, sms_transports); }},
    {"from", [](const Value& v, SmsAccount& a) { a.from = sender(v); }},
    {"messaging_service", [](const Value& v, SmsAccount& a) { a.messaging_service = read_twilio_sid(v, "MG"); }},
    {"account_sid", [](const Value& v, SmsAccount& a) { a.account_sid = read_twilio_sid(v, "AC"); }},
    {"user", [](const Value& v, SmsAccount& a) { put_once(v, a.user, v.required_text()); }},
    {"api_key", [](const Value& v, SmsAccount& a) { put_once(v, a.user, v.required_text()); }},
    {"password", [](const Value& v, SmsAccount& a) { put_secret_once(v, a.password); }},
    {"auth_token", [](const Value& v, SmsAccount& a) { put_secret_once(v, a.password); }},
    {"api_secret", [](const Value& v, SmsAccount& a) { put_secret_once(v, a.password); }},
    {"status_callback", [](const Value& v, SmsAccount& a) { a.status_callback = read_status_callback(v); }},
    {"url", [](const Value& v, SmsAccount& a) { a.url = read_api_origin(v); }},
    {"ca_file", [](const Value& v, SmsAccount& a) { a.ca_file = read_ca_file(v); }},
    {"alphabet", [](const Value& v, SmsAccount& a) { a.alphabet = choice(v, core::sms_alphabet_names); }},
    {"pace", [](const Value& v, SmsAccount& a) { a.pace = read_pace(v); }},
    {"gateway", [](const Value& v, SmsAccount& a) { a.gateway = read_gateway(v); }},
};

void check_twilio(const SmsAccount& account, const Value& section) {
  if (account.account_sid.empty()) {
    section.refuse("has no account_sid", "Add account_sid = \"AC…\", as Twilio's console shows it.");
  }
  if (account.from.empty() == account.messaging_service.empty()) {
    section.refuse(account.from.empty() ? "has no sender" : "has two senders",
                   "Give either from = \"+…\" or messaging_service = \"MG…\".");
  }
  if (account.password.empty()) {
    section.refuse("has no auth_token", "Add auth_token = \"env:NAME\"; with an API key, its secret.");
  }
  if (!account.user.empty()) {
    read_twilio_sid(section.member_or_self(section.table().contains("user") ? "user" : "api_key"), "SK");
  }
}

void check_vonage(const SmsAccount& account, const Value& section) {
  if (account.user.empty() || account.password.empty()) {
    section.refuse("lacks its credentials", "Add api_key = \"…\" and api_secret = \"env:NAME\".");
  }
  if (account.from.empty()) section.refuse("has no from", "Add from = \"…\": the number or name that people see.");
}

void check_gateway(const SmsAccount& account, const Value& section) {
  if (account.gateway.url.empty()) {
    section.refuse("has no gateway",
                   "Describe it in gateway = { url = \"https://…\", body = '…' } (docs/operating.md).");
  }
  const auto& gateway = account.gateway;
  const auto lacks = [&](std::string_view place, bool is_given) {
    const auto uses = [&](std::string_view text) { return text.find(place) != text.npos; };
    return !is_given && (uses(gateway.body) ||
                         std::ranges::any_of(gateway.headers, [&](const auto& header) { return uses(header.second); }));
  };
  if (lacks("{{password}}", !account.password.empty())) {
    section.refuse("has no password, but its gateway uses it", "Add password = \"env:NAME\".");
  }
  if (lacks("{{user}}", !account.user.empty())) {
    section.refuse("has no user, but its gateway uses it", "Add user = \"…\".");
  }
  if (lacks("{{from}}", !account.from.empty())) {
    section.refuse("has no from, but its gateway uses it", "Add from = \"…\": the number or name that people see.");
  }
}

}  // namespace

core::SmsAccount read_sms_account(const Value& section) {
  SmsAccount account;
  read_section(section, keys, account);
  constexpr std::string_view twilio_only[] = {"account_sid", "messaging_service", "auth_token"};
  constexpr std::string_view gateway_only[] = {"gateway"};
  if (account.transport != "twilio" && account.transport != "file") {
    refuse_foreign(section, account.transport, twilio_only);
  }
  if (account.transport != "http" && account.transport != "file") {
    refuse_foreign(section, account.transport, gateway_only);
  }
  if (account.transport == "twilio") check_twilio(account, section);
  if (account.transport == "vonage") check_vonage(account, section);
  if (account.transport == "http") check_gateway(account, section);
  return account;
}

}  // namespace egarage::config
