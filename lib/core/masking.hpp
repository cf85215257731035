#pragma once

#include <string>
#include <string_view>

namespace egarage::core {

/// A recipient for logs and reports: `a…@example.cl` for an address, `+56 9 ••• 4567` for a number in E.164. Anything
/// else becomes `…`. Reads no numbering plan.
std::string mask_recipient(std::string_view recipient);

}  // namespace egarage::core
