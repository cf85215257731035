#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::channels::http {

/// The JSON object that the text is; null for anything else.
nlohmann::json parse_object(std::string_view text);

/// The member, or null when `value` is no object or has none of that name. The reference lives as long as `value`.
const nlohmann::json& member(const nlohmann::json& value, const char* name);
/// The member's text; empty when there is none.
std::string text_at(const nlohmann::json& value, const char* name);
/// The member's whole number, also where the provider writes it in quotes.
std::optional<int> number_at(const nlohmann::json& value, const char* name);

}  // namespace egarage::channels::http
