#pragma once

#include <cstdint>
#include <string>

namespace egarage::core {

/// `1,234,560`, for people who read English; `-` in front of negative ones.
std::string with_thousands(std::int64_t number);

}  // namespace egarage::core
