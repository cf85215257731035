#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/instant.hpp"

namespace egarage::receipts {

/// The member of an object; null when there is none or `object` is no object.
const nlohmann::json& field(const nlohmann::json& object, const char* key);
/// The member if it is a list, else an empty list.
const nlohmann::json& list_field(const nlohmann::json& object, const char* key);
/// The member if it is a text, else empty.
std::string text_field(const nlohmann::json& object, const char* key);
/// The member if it is a text of printable ASCII without blanks, at most 512 octets: what providers use for names of
/// things. Else empty.
std::string name_field(const nlohmann::json& object, const char* key);
/// The member if it is a whole number or a text that is one: providers write both. Never negative.
std::optional<std::int64_t> number_field(const nlohmann::json& object, const char* key);
/// Unix seconds; `now` when there are none, or later ones: a time to come would keep a conversation open for ever.
core::Instant time_field(const nlohmann::json& object, const char* key, core::Instant now);

/// A provider's words for the record: one line, at most 300 octets.
std::string words(const std::string& text);

}  // namespace egarage::receipts
