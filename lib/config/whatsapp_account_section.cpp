#include <fmt/format.h>

#include "config/peer.hpp"
#include "config/section.hpp"
#include "config/sections.hpp"
#include "config/transports.hpp"
#include "core/graph_version.hpp"

namespace egarage::config {
namespace {

using core::WhatsappAccount;

/// developers.facebook.com, "Cloud API overview": 80 messages a second for a number, one in 6 seconds to a recipient.
const core::Pace usual_pace{.per_second = 80, .per_day = {}, .per_recipient = std::chrono::seconds{6}};

std::string graph_id(const Value& value) {
  auto text = value.text();
  if (text.empty() || text.size() > 32 || text.find_first_not_of("0123456789") != std::string::npos) {
    value.refuse(fmt::format("cannot be \"{}\"", text),
                 "Copy the id from Meta's \"API Setup\" page: digits only, and not the telephone number.");
  }
  return text;
}

std::string api_version(const Value& value) {
  auto text = value.text();
  if (!core::parse_graph_version(text)) {
    value.refuse(fmt::format("is not a version: \"{}\"", text), "Write it as \"v25.0\", or remove the line.");
  }
  if (core::is_expired_graph_version(text)) {
    value.warn(fmt::format("is {}, which Meta no longer serves: it answers as its oldest living version does", text),
               "Write \"v25.0\", or remove the line.");
  }
  return text;
}

void take_secret(const Value& value, WhatsappAccount& account) {
  if (!account.password.empty()) {
    value.refuse("is a second secret", "Give one of token (Meta), auth_token (Twilio), or user and password (Twilio).");
  }
  account.password = read_secret(value);
}

void read_account_pace(const Value& value, WhatsappAccount& account) { account.pace = read_pace(value, usual_pace); }

constexpr Key<WhatsappAccount> keys[] = {
    {"transport", [](const Value& v, WhatsappAccount& a) { a.transport = one_of(v, whatsapp_transports); }},
    {"phone_number_id", [](const Value& v, WhatsappAccount& a) { a.phone_number_id = graph_id(v); }},
    {"business_account_id", [](const Value& v, WhatsappAccount& a) { a.business_account_id = graph_id(v); }},
    {"token", take_secret},
    {"api_version", [](const Value& v, WhatsappAccount& a) { a.api_version = api_version(v); }},
    {"account_sid", [](const Value& v, WhatsappAccount& a) { a.account_sid = read_twilio_sid(v, "AC"); }},
    {"auth_token", take_secret},
    {"user", [](const Value& v, WhatsappAccount& a) { a.user = read_twilio_sid(v, "SK"); }},
    {"password", take_secret},
    {"from", [](const Value& v, WhatsappAccount& a) { a.from = read_e164_number(v); }},
    {"messaging_service", [](const Value& v, WhatsappAccount& a) { a.messaging_service = read_twilio_sid(v, "MG"); }},
    {"status_callback", [](const Value& v, WhatsappAccount& a) { a.status_callback = read_status_callback(v); }},
    {"url", [](const Value& v, WhatsappAccount& a) { a.url = read_api_origin(v); }},
    {"ca_file", [](const Value& v, WhatsappAccount& a) { a.ca_file = read_ca_file(v); }},
    {"messages", [](const Value& v, WhatsappAccount& a) { a.messages = choice(v, core::whatsapp_messages_names); }},
    {"pace", read_account_pace},
    {"templates", [](const Value& v, WhatsappAccount& a) { a.templates = read_whatsapp_templates(v); }},
};

void check_cloud(const Value& section, const WhatsappAccount& account) {
  constexpr std::string_view twilio_only[] = {"account_sid", "auth_token",        "user",           "password",
                                              "from",        "messaging_service", "status_callback"};
  refuse_foreign(section, account.transport, twilio_only);
  if (account.phone_number_id.empty()) {
    section.refuse("has no phone_number_id",
                   "Add the id from Meta's \"API Setup\" page, or transport = \"file\" to write messages as files.");
  }
  if (account.password.empty()) {
    section.refuse("has no token", "Add token = \"env:NAME\": a permanent token of a system user of your business.");
  }
}

void check_twilio(const Value& section, const WhatsappAccount& account) {
  constexpr std::string_view cloud_only[] = {"phone_number_id", "business_account_id", "token", "api_version"};
  refuse_foreign(section, account.transport, cloud_only);
  if (account.account_sid.empty()) section.refuse("has no account_sid", "Copy it from Twilio's console: AC….");
  if (account.password.empty()) {
    section.refuse("has no auth_token", "Add auth_token = \"env:NAME\", or an API key as user and password.");
  }
  if (account.user.empty() != !section.table().contains("password")) {
    section.refuse(account.user.empty() ? "has a password but no user" : "has a user but no password",
                   "An API key is user = \"SK…\" and password; the account's own secret is auth_token.");
  }
  if (account.from.empty() == account.messaging_service.empty()) {
    section.refuse("needs either from or messaging_service",
                   "Add from = \"+…\" (the sender's number), or messaging_service = \"MG…\".");
  }
  for (const auto& [event, mapping] : account.templates) {
    if (!mapping.content_sids.empty()) continue;
    section.member_or_self("templates")
        .refuse(fmt::format("{} has no content_sid", core::to_string(event)),
                "Add content_sid = { es = \"HX…\" }: Twilio's name for the approved template.");
  }
}

}  // namespace

WhatsappAccount read_whatsapp_account(const Value& section) {
  WhatsappAccount account;
  account.pace = usual_pace;
  read_section(section, keys, account);
  if (account.transport == "cloud") check_cloud(section, account);
  if (account.transport == "twilio") check_twilio(section, account);
  // Nobody is protected by writing files slowly.
  if (account.transport == "file" && !section.table().contains("pace")) account.pace = {};
  return account;
}

}  // namespace egarage::config
