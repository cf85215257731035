#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/whatsapp_account.hpp"

namespace egarage::core {

/// An approved template with its parameters filled in: what goes to the provider. The shape of a WhatsappTemplate, but
/// nothing in it is an expression any more, and every parameter's text is one that Meta takes.
struct WhatsappMessage {
  std::string name, language;  ///< as approved
  std::optional<WhatsappTemplate::Header> header;
  std::vector<WhatsappTemplate::Parameter> body;
  std::vector<WhatsappTemplate::Button> buttons;
  std::string content_sid;  ///< Twilio's; may be empty

  bool operator==(const WhatsappMessage&) const = default;
};

}  // namespace egarage::core
