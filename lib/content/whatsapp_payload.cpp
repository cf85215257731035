#include "content/whatsapp_payload.hpp"

#include <nlohmann/json.hpp>

namespace egarage::content {

namespace {

using nlohmann::json;

std::string text_of(const json& value, const char* key) { return value.at(key).get<std::string>(); }

core::WhatsappMessage read(const json& value) {
  core::WhatsappMessage message;
  message.name = text_of(value, "name");
  message.language = text_of(value, "language");
  message.content_sid = value.value("content_sid", "");
  if (value.contains("header")) {
    const auto& header = value.at("header");
    message.header = {core::value_of(core::whatsapp_media_names, text_of(header, "media")).value(),
                      text_of(header, "link"), header.value("filename", "")};
  }
  for (const auto& row : value.value("body", json::array())) {
    message.body.push_back({row.value("name", ""), text_of(row, "text")});
  }
  for (const auto& row : value.value("buttons", json::array())) {
    message.buttons.push_back(
        {core::value_of(core::whatsapp_button_names, text_of(row, "kind")).value(), text_of(row, "text")});
  }
  return message;
}

}  // namespace

std::string to_payload(const core::WhatsappMessage& message) {
  json value{{"name", message.name}, {"language", message.language}};
  if (!message.content_sid.empty()) value["content_sid"] = message.content_sid;
  if (message.header) {
    value["header"] = {{"media", core::name_of(core::whatsapp_media_names, message.header->media)},
                       {"link", message.header->link}};
    if (!message.header->filename.empty()) value["header"]["filename"] = message.header->filename;
  }
  for (const auto& [name, text] : message.body) {
    json row{{"text", text}};
    if (!name.empty()) row["name"] = name;
    value["body"].push_back(std::move(row));
  }
  for (const auto& [kind, text] : message.buttons) {
    value["buttons"].push_back({{"kind", core::name_of(core::whatsapp_button_names, kind)}, {"text", text}});
  }
  return value.dump();
}

std::optional<core::WhatsappMessage> parse_payload(std::string_view payload) {
  try {
    return read(json::parse(payload));
  } catch (const json::exception&) {
    return std::nullopt;
  } catch (const std::bad_optional_access&) {
    return std::nullopt;
  }
}

}  // namespace egarage::content
