#include "store/settings_json.hpp"

#include <nlohmann/json.hpp>

namespace egarage::store {

namespace {

using nlohmann::json;

json mailbox_json(const core::Mailbox& mailbox) { return {{"name", mailbox.name}, {"address", mailbox.address.str()}}; }

core::Mailbox mailbox(const json& value) {
  return {value.at("name").get<std::string>(),
          core::EmailAddress::parse(value.at("address").get<std::string>()).value()};
}

/// Whatever is missing or of another type makes the whole text unreadable.
template <typename Read>
auto reading(const Read& read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const json::exception&) {
    return std::nullopt;
  } catch (const std::bad_optional_access&) {
    return std::nullopt;
  }
}

}  // namespace

std::string to_json(const core::EmailAccount& account) {
  json value{{"from", mailbox_json(account.from)},
             {"unsubscribe", account.unsubscribe},
             {"host", account.host},
             {"port", account.port},
             {"tls", core::name_of(core::tls_mode_names, account.tls)},
             {"allow_plaintext", account.allow_plaintext},
             {"ca_file", account.ca_file},
             {"authentication", core::name_of(core::smtp_authentication_names, account.authentication)},
             {"user", account.user}};
  if (account.reply_to) value["reply_to"] = mailbox_json(*account.reply_to);
  return value.dump();
}

std::optional<core::EmailAccount> email_account_from_json(const std::string& transport, const std::string& text,
                                                          const std::string& password) {
  return reading([&] {
    const auto value = json::parse(text);
    const auto text_of = [&](const char* key) { return value.at(key).get<std::string>(); };
    return core::EmailAccount{
        .transport = transport,
        .from = mailbox(value.at("from")),
        .reply_to = value.contains("reply_to") ? std::optional(mailbox(value.at("reply_to"))) : std::nullopt,
        .unsubscribe = text_of("unsubscribe"),
        .host = text_of("host"),
        .port = value.at("port").get<std::uint16_t>(),
        .tls = core::value_of(core::tls_mode_names, text_of("tls")).value(),
        .allow_plaintext = value.at("allow_plaintext").get<bool>(),
        .ca_file = text_of("ca_file"),
        .authentication = core::value_of(core::smtp_authentication_names, text_of("authentication")).value(),
        .user = text_of("user"),
        .password = {password}};
  });
}

std::string to_json(const std::map<core::Event, std::vector<core::Channel>>& channels) {
  auto value = json::object();
  for (const auto& [event, list] : channels) {
    auto& names = value[std::string(core::to_string(event))] = json::array();
    for (const auto channel : list) names.push_back(core::to_string(channel));
  }
  return value.dump();
}

std::optional<std::map<core::Event, std::vector<core::Channel>>> channels_from_json(const std::string& text) {
  return reading([&] {
    std::map<core::Event, std::vector<core::Channel>> channels;
    const auto value = json::parse(text);
    for (const auto& [code, names] : value.items()) {
      auto& list = channels[core::parse_event(code).value()];
      for (const auto& name : names) list.push_back(core::parse_channel(name.get<std::string>()).value());
    }
    return channels;
  });
}

}  // namespace egarage::store
