#include "channels/whatsapp/twilio_form.hpp"

#include <nlohmann/json.hpp>

#include "channels/twilio/api.hpp"

namespace egarage::channels::whatsapp {

namespace {

std::string content_variables(const core::WhatsappMessage& message) {
  auto variables = nlohmann::ordered_json::object();
  const auto add = [&](const std::string& text) { variables[std::to_string(variables.size() + 1)] = text; };
  for (const auto& parameter : message.body) add(parameter.text);
  if (message.header) add(message.header->link);
  for (const auto& button : message.buttons) add(button.text);
  if (variables.empty()) return {};
  return variables.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

std::string twilio_address(std::string_view number) { return "whatsapp:" + std::string(number); }

http::Form twilio_form(const core::WhatsappAccount& account, const Message& message) {
  const twilio::From from{account.from.empty() ? std::string{} : twilio_address(account.from),
                          account.messaging_service, account.status_callback};
  auto form = twilio::Api::envelope(twilio_address(message.recipient), from, message);
  if (!message.whatsapp) {
    form.emplace_back("Body", message.text);
    return form;
  }
  form.emplace_back("ContentSid", message.whatsapp->content_sid);
  if (auto variables = content_variables(*message.whatsapp); !variables.empty()) {
    form.emplace_back("ContentVariables", std::move(variables));
  }
  return form;
}

}  // namespace egarage::channels::whatsapp
