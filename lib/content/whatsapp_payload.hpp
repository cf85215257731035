#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/whatsapp_message.hpp"

namespace egarage::content {

/// How an approved template with its parameters is kept with a notification.
std::string to_payload(const core::WhatsappMessage& message);
/// Empty when `payload` is not what to_payload makes.
std::optional<core::WhatsappMessage> parse_payload(std::string_view payload);

}  // namespace egarage::content
