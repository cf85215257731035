#pragma once

#include <array>
#include <string_view>

namespace egarage::config {

/// What `transport` may say in an e-mail account. The application's table of makers is checked against this list.
inline constexpr std::array<std::string_view, 2> email_transports{"smtp", "file"};
/// The same of an SMS account.
inline constexpr std::array<std::string_view, 4> sms_transports{"twilio", "vonage", "http", "file"};
/// The same of a WhatsApp account.
inline constexpr std::array<std::string_view, 3> whatsapp_transports{"cloud", "twilio", "file"};

}  // namespace egarage::config
