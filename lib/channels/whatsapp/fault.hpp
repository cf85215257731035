#pragma once

#include <optional>

#include "channels/channel.hpp"

namespace egarage::channels::whatsapp {

/// A text message holds at most this many characters (developers.facebook.com, "Text messages").
inline constexpr std::size_t longest_text = 4096;

/// What can be judged without asking the provider: a recipient without `+` and country code, a text that is empty or
/// longer than `longest`, a template whose parameters Meta would refuse. Empty when the message may go out.
std::optional<Outcome> fault_before_sending(const Message& message, std::size_t longest = longest_text);

}  // namespace egarage::channels::whatsapp
