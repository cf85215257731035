#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/account.hpp"
#include "core/event.hpp"
#include "core/route.hpp"

namespace egarage::store {

/// How an account's settings are kept in a column; its transport and password have columns of their own.
std::string settings_json(const core::Account& account);
/// Empty when `json` is not what settings_json makes of an account of that channel.
std::optional<core::Account> account_from_json(core::Channel channel, const std::string& transport,
                                               const std::string& json, const std::string& password);

std::string to_json(const std::map<core::Event, core::Route>& routes);
/// Also reads what version 1 of the schema wrote: a bare list of channels for each event.
std::optional<std::map<core::Event, core::Route>> routes_from_json(const std::string& json);

}  // namespace egarage::store
