#include <fmt/format.h>

#include <algorithm>

#include "config/peer.hpp"
#include "config/section.hpp"
#include "config/sections.hpp"
#include "config/transports.hpp"

namespace egarage::config {
namespace {

using core::EmailAccount;
using core::TlsMode;

core::Mailbox mailbox(const Value& value) {
  const auto text = value.required_text();
  auto parsed = core::parse_mailbox(text);
  if (!parsed) {
    value.refuse(fmt::format("is not an e-mail address: \"{}\"", text),
                 "Write \"Name <user@host.example>\" or \"user@host.example\".");
  }
  return *std::move(parsed);
}

std::string host(const Value& value) {
  auto text = value.required_text();
  const bool clean = text.size() <= 253 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                              c == '-' || c == ':';
                     });
  const bool has_port = std::count(text.begin(), text.end(), ':') == 1;  // an IPv6 address has at least two
  if (!clean || has_port) {
    value.refuse(fmt::format("is not a host name: \"{}\"", text),
                 "Write the name alone, such as \"smtp.example.com\"; the port has a key of its own.");
  }
  return text;
}

std::string unsubscribe(const Value& value) {
  auto text = value.required_text();
  if (!text.starts_with("mailto:") && !text.starts_with("https://")) {
    value.refuse("is not a link that mail programs follow", "Write a \"mailto:…\" or \"https://…\" link.");
  }
  if (text.find_first_of(" <>\"") != std::string::npos) value.refuse("is not a link", "Encode blanks as %20.");
  return text;
}

constexpr Key<EmailAccount> keys[] = {
    {"transport", [](const Value& v, EmailAccount& a) { a.transport = one_of(v, email_transports); }},
    {"from", [](const Value& v, EmailAccount& a) { a.from = mailbox(v); }},
    {"reply_to", [](const Value& v, EmailAccount& a) { a.reply_to = mailbox(v); }},
    {"unsubscribe", [](const Value& v, EmailAccount& a) { a.unsubscribe = unsubscribe(v); }},
    {"host", [](const Value& v, EmailAccount& a) { a.host = host(v); }},
    {"port", [](const Value& v, EmailAccount& a) { a.port = static_cast<std::uint16_t>(v.integer(1, 65535)); }},
    {"tls", [](const Value& v, EmailAccount& a) { a.tls = choice(v, core::tls_mode_names); }},
    {"allow_plaintext", [](const Value& v, EmailAccount& a) { a.allow_plaintext = v.flag(); }},
    {"ca_file", [](const Value& v, EmailAccount& a) { a.ca_file = read_ca_file(v); }},
    {"auth", [](const Value& v, EmailAccount& a) { a.authentication = choice(v, core::smtp_authentication_names); }},
    {"user", [](const Value& v, EmailAccount& a) { a.user = v.required_text(); }},
    {"password", [](const Value& v, EmailAccount& a) { a.password = read_secret(v); }},
    {"pace", [](const Value& v, EmailAccount& a) { a.pace = read_pace(v); }},
};

void check_smtp(const EmailAccount& account, const Value& section) {
  if (account.host.empty()) {
    section.refuse("has no host",
                   "Add host = \"smtp.example.com\", or transport = \"file\" to write messages as files.");
  }
  const bool loopback = is_loopback(account.host);
  // Ports of mail submission; anything else is more likely a mistake or an attempt to reach an inner service.
  constexpr std::uint16_t usual_ports[] = {25, 465, 587, 2525};
  if (!loopback && std::find(std::begin(usual_ports), std::end(usual_ports), account.port) == std::end(usual_ports)) {
    section.member_or_self("port").refuse(fmt::format("cannot be {}", account.port),
                                          fmt::format("Choose one of: {}.", fmt::join(usual_ports, ", ")));
  }
  if (account.tls == TlsMode::none) {
    if (!account.user.empty()) {
      section.member_or_self("tls").refuse("is \"none\", but there is a user: a password is never sent without TLS",
                                           "Use \"starttls\" or \"implicit\", or remove user and password.");
    }
    if (!loopback && !account.allow_plaintext) {
      section.member_or_self("tls").refuse("is \"none\", which sends messages readable by anyone on the way",
                                           "Use \"starttls\" or \"implicit\", or set allow_plaintext = true.");
    }
  }
  if (account.user.empty() != account.password.empty()) {
    section.refuse(account.user.empty() ? "has a password but no user" : "has a user but no password",
                   "Give both user and password, or neither.");
  }
}

}  // namespace

core::EmailAccount read_email_account(const Value& section) {
  // No address is a valid default, so `from` is read before there is an account to put it into.
  if (!section.table().contains("from")) {
    section.refuse("has no from", "Add from = \"Name <user@host.example>\": who the messages come from.");
  }
  EmailAccount account{.from = mailbox(section.member_or_self("from")),
                       .reply_to = {},
                       .unsubscribe = {},
                       .host = {},
                       .ca_file = {},
                       .user = {},
                       .password = {}};
  bool has_port = section.table().contains("port");
  read_section(section, keys, account);
  if (!has_port && account.tls == TlsMode::implicit) account.port = 465;  // RFC 8314 §7.3
  if (account.transport == "smtp") check_smtp(account, section);
  return account;
}

}  // namespace egarage::config
