#include "channels/whatsapp/cloud_payload.hpp"

#include "channels/http/json_text.hpp"

namespace egarage::channels::whatsapp {

namespace {

using core::WhatsappButton;
using core::WhatsappTemplate;
using http::append_json_text;

/// Appends `before` and then the text as a JSON string.
void add(std::string& json, std::string_view before, std::string_view text) {
  json += before;
  append_json_text(json, text);
}

void add_header(std::string& json, const WhatsappTemplate::Header& header) {
  const auto media = core::name_of(core::whatsapp_media_names, header.media);
  add(json, R"({"type":"header","parameters":[{"type":)", media);
  add(json, ",", media);
  add(json, R"(:{"link":)", header.link);
  if (header.media == core::WhatsappMedia::document && !header.filename.empty()) {
    add(json, R"(,"filename":)", header.filename);
  }
  json += "}}]}";
}

void add_body(std::string& json, const std::vector<WhatsappTemplate::Parameter>& body) {
  json += R"({"type":"body","parameters":[)";
  for (const auto& [name, text] : body) {
    json += R"({"type":"text")";
    if (!name.empty()) add(json, R"(,"parameter_name":)", name);
    add(json, R"(,"text":)", text);
    json += "},";
  }
  json.back() = ']';
  json += '}';
}

void add_button(std::string& json, const WhatsappTemplate::Button& button, std::size_t index) {
  const std::string_view kind = button.kind == WhatsappButton::url ? "text" : "payload";
  add(json, R"({"type":"button","sub_type":)", core::name_of(core::whatsapp_button_names, button.kind));
  add(json, R"(,"index":)", std::to_string(index));
  add(json, R"(,"parameters":[{"type":)", kind);
  add(json, ",", kind);
  add(json, ":", button.text);
  json += "}]}";
}

void add_components(std::string& json, const core::WhatsappMessage& message) {
  const auto start = json.size();
  const auto next = [&] { json += json.size() == start ? R"(,"components":[)" : ","; };
  if (message.header) {
    next();
    add_header(json, *message.header);
  }
  if (!message.body.empty()) {
    next();
    add_body(json, message.body);
  }
  for (std::size_t i = 0; i < message.buttons.size(); ++i) {
    next();
    add_button(json, message.buttons[i], i);
  }
  if (json.size() > start) json += ']';
}

}  // namespace

std::string cloud_payload(const Message& message) {
  std::string json;
  add(json, R"({"messaging_product":"whatsapp","recipient_type":"individual","to":)", message.recipient);
  if (message.whatsapp) {
    add(json, R"(,"type":"template","template":{"name":)", message.whatsapp->name);
    add(json, R"(,"language":{"code":)", message.whatsapp->language);
    json += '}';
    add_components(json, *message.whatsapp);
    json += '}';
  } else {
    add(json, R"(,"type":"text","text":{"preview_url":false,"body":)", message.text);
    json += '}';
  }
  add(json, R"(,"biz_opaque_callback_data":)", std::to_string(message.token));
  return json += '}';
}

}  // namespace egarage::channels::whatsapp
