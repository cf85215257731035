#pragma once

#include "core/enum_names.hpp"

namespace egarage::core {

/// The ways to reach a person. (How a message travels is the account's transport: `smtp`, `file` …)
enum class Channel { email, whatsapp, sms };

inline constexpr EnumNames<Channel, 3> channel_names{
    {{Channel::email, "email"}, {Channel::whatsapp, "whatsapp"}, {Channel::sms, "sms"}}};

constexpr std::string_view to_string(Channel channel) { return name_of(channel_names, channel); }
constexpr std::optional<Channel> parse_channel(std::string_view text) { return value_of(channel_names, text); }

}  // namespace egarage::core
