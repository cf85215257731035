#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <variant>

#include "producers/event_line.hpp"

namespace egarage::producers {

/// How deep objects and lists may stand inside each other.
inline constexpr std::size_t deepest_nesting = 32;

/// Reads a JSON object (RFC 8259) from outside. Refused beyond what the RFC refuses: nesting deeper than
/// `deepest_nesting`, and a key that comes twice in one object, because readers differ in which of the two they take.
/// U+0000 in texts becomes U+FFFD.
std::variant<nlohmann::json, LineError> parse_json_object(std::string_view text);

}  // namespace egarage::producers
