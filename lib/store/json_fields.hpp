#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/account.hpp"
#include "core/enum_names.hpp"

namespace egarage::store {

/// Members of settings as JSON. Reading throws nlohmann::json::exception or std::bad_optional_access for whatever is
/// missing or of another type; `reading` turns both into an empty result.
inline std::string text_of(const nlohmann::json& value, const char* key) { return value.at(key).get<std::string>(); }

template <typename Names>
auto name_at(const nlohmann::json& value, const char* key, const Names& names) {
  return core::value_of(names, text_of(value, key)).value();
}

template <typename Read>
auto reading(const Read& read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  } catch (const std::bad_optional_access&) {
    return std::nullopt;
  }
}

/// The member `pace`, absent where nothing is limited.
void put_pace(nlohmann::json& settings, const core::Pace& pace);
core::Pace pace_in(const nlohmann::json& settings);

/// The settings of each kind of account without its transport and password.
nlohmann::json email_settings(const core::EmailAccount& account);
core::EmailAccount email_account(const nlohmann::json& settings);
nlohmann::json whatsapp_settings(const core::WhatsappAccount& account);
core::WhatsappAccount whatsapp_account(const nlohmann::json& settings);
nlohmann::json sms_settings(const core::SmsAccount& account);
core::SmsAccount sms_account(const nlohmann::json& settings);

}  // namespace egarage::store
