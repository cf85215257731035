#pragma once

#include <string_view>
#include <variant>

#include "receipts/facts.hpp"

namespace egarage::receipts {

/// The longest body, octets. Meta's are up to 3 MB (developers.facebook.com, "Webhooks").
inline constexpr std::size_t longest_body = 8 * 1024 * 1024;
inline constexpr int deepest_body = 32;  ///< objects and lists inside each other

/// Reads one webhook body, whichever provider's it is. What is older or newer than what we know of it is counted as
/// ignored, not refused.
std::variant<Reading, Refusal> read_body(std::string_view text, core::Instant now);

}  // namespace egarage::receipts
