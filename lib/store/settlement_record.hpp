#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/queue.hpp"

namespace egarage::store {

/// A settlement as octets that only this program on this machine reads again. Each record says how long it is.
std::string to_record(const Settlement& settlement);

/// Records one behind the other. Empty when the octets are anything else.
std::optional<std::vector<Settlement>> read_records(std::string_view octets);

}  // namespace egarage::store
