#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/company.hpp"

namespace egarage::store {

/// How structured settings are kept in a column. Reading returns empty when the text is not what writing makes.
std::string to_json(const core::EmailAccount& account);
/// `transport` and `password` have columns of their own.
std::optional<core::EmailAccount> email_account_from_json(const std::string& transport, const std::string& json,
                                                          const std::string& password);

std::string to_json(const std::map<core::Event, std::vector<core::Channel>>& channels);
std::optional<std::map<core::Event, std::vector<core::Channel>>> channels_from_json(const std::string& json);

}  // namespace egarage::store
