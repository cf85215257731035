#include "channels/whatsapp/fault.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "channels/e164.hpp"
#include "channels/http/discretion.hpp"
#include "core/utf8.hpp"
#include "core/whatsapp_parameter.hpp"

namespace egarage::channels::whatsapp {

namespace {

constexpr std::size_t most_buttons = 10;

std::string fault_of_text(std::string_view text, std::size_t longest) {
  if (text.find_first_not_of(" \n\r\t") == std::string_view::npos) return "the message has no text";
  const auto length = core::count_code_points(core::valid_utf8(text));
  if (length > longest) return fmt::format("the text has {} characters, WhatsApp takes {}", length, longest);
  return {};
}

std::string fault_of_body(const std::vector<core::WhatsappTemplate::Parameter>& body) {
  const auto is_named = [](const auto& parameter) { return !parameter.name.empty(); };
  if (std::ranges::any_of(body, is_named) && !std::ranges::all_of(body, is_named)) {
    return "some of the template's parameters have names and some have none";
  }
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto fault = core::fault_of_parameter(body[i].text);
    if (fault.empty()) continue;
    return is_named(body[i]) ? fmt::format("the parameter {} {}", body[i].name, fault)
                             : fmt::format("parameter {} {}", i + 1, fault);
  }
  return {};
}

std::string fault_of_template(const core::WhatsappMessage& message) {
  if (!core::is_template_name(message.name)) return "the template's name is none that Meta approves";
  if (message.language.empty()) return "the template has no language";
  if (message.header && !message.header->link.starts_with("https://")) return "the header's link is not https";
  if (message.buttons.size() > most_buttons) return fmt::format("there are more than {} buttons", most_buttons);
  for (std::size_t i = 0; i < message.buttons.size(); ++i) {
    const auto fault = core::fault_of_parameter(message.buttons[i].text);
    if (!fault.empty()) return fmt::format("the parameter of button {} {}", i + 1, fault);
  }
  return fault_of_body(message.body);
}

}  // namespace

std::optional<Outcome> fault_before_sending(const Message& message, std::size_t longest) {
  if (!is_e164(message.recipient)) {
    return Rejected{http::refusal_before_sending("the recipient is no number with + and country code"),
                    Rejected::Reason::address};
  }
  const auto fault = message.whatsapp ? fault_of_template(*message.whatsapp) : fault_of_text(message.text, longest);
  if (fault.empty()) return std::nullopt;
  return Rejected{http::refusal_before_sending(fault), Rejected::Reason::message};
}

}  // namespace egarage::channels::whatsapp
