#include "store/settings_json.hpp"

#include <nlohmann/json.hpp>

#include "store/json_fields.hpp"

namespace egarage::store {

namespace {

using nlohmann::json;

json mailbox_json(const core::Mailbox& mailbox) { return {{"name", mailbox.name}, {"address", mailbox.address.str()}}; }

core::Mailbox mailbox(const json& value) {
  return {text_of(value, "name"), core::EmailAddress::parse(text_of(value, "address")).value()};
}

json channels_json(const std::vector<core::Channel>& channels) {
  auto names = json::array();
  for (const auto channel : channels) names.push_back(core::to_string(channel));
  return names;
}

std::vector<core::Channel> channels(const json& names) {
  std::vector<core::Channel> channels;
  for (const auto& name : names) channels.push_back(core::parse_channel(name.get<std::string>()).value());
  return channels;
}

json hours_json(const core::SendingHours& hours) {
  return {{"start", hours.start.count()},
          {"end", hours.end.count()},
          {"weekends", hours.weekends},
          {"holidays", hours.holidays}};
}

core::SendingHours hours(const json& value) {
  return {std::chrono::minutes{value.at("start").get<int>()}, std::chrono::minutes{value.at("end").get<int>()},
          value.at("weekends").get<bool>(), value.at("holidays").get<bool>()};
}

core::Route route(const json& value) {
  core::Route route;
  if (value.is_array()) {
    route.channels = channels(value);
    return route;
  }
  route.channels = channels(value.at("channels"));
  route.order = name_at(value, "order", core::channel_order_names);
  if (value.contains("on_uncertain")) route.on_uncertain = name_at(value, "on_uncertain", core::on_uncertain_names);
  if (value.contains("hours")) route.hours = hours(value.at("hours"));
  return route;
}

}  // namespace

json email_settings(const core::EmailAccount& account) {
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
  put_pace(value, account.pace);
  return value;
}

core::EmailAccount email_account(const json& value) {
  return {.from = mailbox(value.at("from")),
          .reply_to = value.contains("reply_to") ? std::optional(mailbox(value.at("reply_to"))) : std::nullopt,
          .unsubscribe = text_of(value, "unsubscribe"),
          .host = text_of(value, "host"),
          .port = value.at("port").get<std::uint16_t>(),
          .tls = name_at(value, "tls", core::tls_mode_names),
          .allow_plaintext = value.at("allow_plaintext").get<bool>(),
          .ca_file = text_of(value, "ca_file"),
          .authentication = name_at(value, "authentication", core::smtp_authentication_names),
          .user = text_of(value, "user"),
          .password = {},
          .pace = pace_in(value)};
}

std::string settings_json(const core::Account& account) {
  struct Write {
    json operator()(const core::EmailAccount& settings) const { return email_settings(settings); }
    json operator()(const core::WhatsappAccount& settings) const { return whatsapp_settings(settings); }
    json operator()(const core::SmsAccount& settings) const { return sms_settings(settings); }
  };
  return std::visit(Write{}, account).dump();
}

std::optional<core::Account> account_from_json(core::Channel channel, const std::string& transport,
                                               const std::string& text, const std::string& password) {
  const auto finish = [&](auto account) -> core::Account {
    account.transport = transport;
    account.password = {password};
    return account;
  };
  return reading([&] {
    const auto value = json::parse(text);
    switch (channel) {
      case core::Channel::whatsapp:
        return finish(whatsapp_account(value));
      case core::Channel::sms:
        return finish(sms_account(value));
      case core::Channel::email:
        break;
    }
    return finish(email_account(value));
  });
}

std::string to_json(const std::map<core::Event, core::Route>& routes) {
  auto value = json::object();
  for (const auto& [event, route] : routes) {
    json entry{{"channels", channels_json(route.channels)},
               {"order", core::name_of(core::channel_order_names, route.order)}};
    if (route.on_uncertain) entry["on_uncertain"] = core::name_of(core::on_uncertain_names, *route.on_uncertain);
    if (route.hours) entry["hours"] = hours_json(*route.hours);
    value[std::string(core::to_string(event))] = std::move(entry);
  }
  return value.dump();
}

std::optional<std::map<core::Event, core::Route>> routes_from_json(const std::string& text) {
  return reading([&] {
    std::map<core::Event, core::Route> routes;
    const auto value = json::parse(text);
    for (const auto& [code, entry] : value.items()) routes[core::parse_event(code).value()] = route(entry);
    return routes;
  });
}

}  // namespace egarage::store
