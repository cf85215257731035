#include "channels/whatsapp/cloud_payload.hpp"

#include <nlohmann/json.hpp>

namespace egarage::channels::whatsapp {

namespace {

using json = nlohmann::ordered_json;
using core::WhatsappButton;
using core::WhatsappTemplate;

json header_component(const WhatsappTemplate::Header& header) {
  const std::string media{core::name_of(core::whatsapp_media_names, header.media)};
  json parameter{{"type", media}, {media, {{"link", header.link}}}};
  if (header.media == core::WhatsappMedia::document && !header.filename.empty()) {
    parameter[media]["filename"] = header.filename;
  }
  return {{"type", "header"}, {"parameters", json::array({std::move(parameter)})}};
}

json body_component(const std::vector<WhatsappTemplate::Parameter>& body) {
  auto parameters = json::array();
  for (const auto& [name, text] : body) {
    json parameter{{"type", "text"}};
    if (!name.empty()) parameter["parameter_name"] = name;
    parameter["text"] = text;
    parameters.push_back(std::move(parameter));
  }
  return {{"type", "body"}, {"parameters", std::move(parameters)}};
}

json button_component(const WhatsappTemplate::Button& button, std::size_t index) {
  const char* kind = button.kind == WhatsappButton::url ? "text" : "payload";
  return {{"type", "button"},
          {"sub_type", core::name_of(core::whatsapp_button_names, button.kind)},
          {"index", std::to_string(index)},
          {"parameters", json::array({json{{"type", kind}, {kind, button.text}}})}};
}

json template_object(const core::WhatsappMessage& message) {
  auto components = json::array();
  if (message.header) components.push_back(header_component(*message.header));
  if (!message.body.empty()) components.push_back(body_component(message.body));
  for (std::size_t i = 0; i < message.buttons.size(); ++i) {
    components.push_back(button_component(message.buttons[i], i));
  }
  json object{{"name", message.name}, {"language", {{"code", message.language}}}};
  if (!components.empty()) object["components"] = std::move(components);
  return object;
}

}  // namespace

std::string cloud_payload(const Message& message) {
  json body{{"messaging_product", "whatsapp"}, {"recipient_type", "individual"}, {"to", message.recipient}};
  if (message.whatsapp) {
    body["type"] = "template";
    body["template"] = template_object(*message.whatsapp);
  } else {
    body["type"] = "text";
    body["text"] = {{"preview_url", false}, {"body", message.text}};
  }
  body["biz_opaque_callback_data"] = std::to_string(message.token);
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace egarage::channels::whatsapp
