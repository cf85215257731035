#include "store/json_fields.hpp"

namespace egarage::store {

namespace {

using core::WhatsappAccount;
using core::WhatsappTemplate;
using nlohmann::json;

json by_language(const std::map<core::Language, std::string>& texts) {
  auto value = json::object();
  for (const auto& [language, text] : texts) value[std::string(core::to_string(language))] = text;
  return value;
}

std::map<core::Language, std::string> by_language(const json& value) {
  std::map<core::Language, std::string> texts;
  for (const auto& [language, text] : value.items()) {
    texts[core::parse_language(language).value()] = text.get<std::string>();
  }
  return texts;
}

json template_json(const WhatsappTemplate& mapping) {
  json value{{"name", mapping.name},
             {"languages", by_language(mapping.languages)},
             {"content_sids", by_language(mapping.content_sids)},
             {"body", json::array()},
             {"buttons", json::array()}};
  if (mapping.header) {
    value["header"] = {{"media", core::name_of(core::whatsapp_media_names, mapping.header->media)},
                       {"link", mapping.header->link},
                       {"filename", mapping.header->filename}};
  }
  for (const auto& [name, text] : mapping.body) value["body"].push_back({{"name", name}, {"text", text}});
  for (const auto& [kind, text] : mapping.buttons) {
    value["buttons"].push_back({{"kind", core::name_of(core::whatsapp_button_names, kind)}, {"text", text}});
  }
  return value;
}

WhatsappTemplate template_of(const json& value) {
  WhatsappTemplate mapping;
  mapping.name = text_of(value, "name");
  mapping.languages = by_language(value.at("languages"));
  mapping.content_sids = by_language(value.at("content_sids"));
  if (value.contains("header")) {
    const auto& header = value.at("header");
    mapping.header = {name_at(header, "media", core::whatsapp_media_names), text_of(header, "link"),
                      text_of(header, "filename")};
  }
  for (const auto& row : value.at("body")) mapping.body.push_back({text_of(row, "name"), text_of(row, "text")});
  for (const auto& row : value.at("buttons")) {
    mapping.buttons.push_back({name_at(row, "kind", core::whatsapp_button_names), text_of(row, "text")});
  }
  return mapping;
}

}  // namespace

json whatsapp_settings(const WhatsappAccount& account) {
  json value{{"phone_number_id", account.phone_number_id},
             {"business_account_id", account.business_account_id},
             {"api_version", account.api_version},
             {"account_sid", account.account_sid},
             {"user", account.user},
             {"from", account.from},
             {"messaging_service", account.messaging_service},
             {"status_callback", account.status_callback},
             {"url", account.url},
             {"ca_file", account.ca_file},
             {"messages", core::name_of(core::whatsapp_messages_names, account.messages)},
             {"templates", json::object()}};
  for (const auto& [event, mapping] : account.templates) {
    value["templates"][std::string(core::to_string(event))] = template_json(mapping);
  }
  put_pace(value, account.pace);
  return value;
}

WhatsappAccount whatsapp_account(const json& settings) {
  WhatsappAccount account;
  account.phone_number_id = text_of(settings, "phone_number_id");
  account.business_account_id = text_of(settings, "business_account_id");
  account.api_version = text_of(settings, "api_version");
  account.account_sid = text_of(settings, "account_sid");
  account.user = text_of(settings, "user");
  account.from = text_of(settings, "from");
  account.messaging_service = text_of(settings, "messaging_service");
  account.status_callback = text_of(settings, "status_callback");
  account.url = text_of(settings, "url");
  account.ca_file = text_of(settings, "ca_file");
  account.messages = name_at(settings, "messages", core::whatsapp_messages_names);
  for (const auto& [event, mapping] : settings.at("templates").items()) {
    account.templates[core::parse_event(event).value()] = template_of(mapping);
  }
  account.pace = pace_in(settings);
  return account;
}

}  // namespace egarage::store
