#pragma once

#include <string>
#include <string_view>

#include "core/thousands.hpp"

namespace egarage::report {

using core::with_thousands;

/// `1 line`, `1,207 lines`.
std::string counted(std::size_t count, std::string_view one, std::string_view many);

/// The text with every e-mail address and telephone number in it masked (`a…@example.cl`, `+56 9 ••• 4567`): servers
/// repeat them in their replies.
std::string without_addresses(std::string_view text);

/// `Ana Soto` as `A… S…`.
std::string mask_name(std::string_view name);

}  // namespace egarage::report
