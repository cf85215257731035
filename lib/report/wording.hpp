#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace egarage::report {

/// `12,345`.
std::string with_thousands(std::int64_t number);

/// The text with every e-mail address and telephone number in it masked (`a…@example.cl`, `+56 9 ••• 4567`): servers
/// repeat them in their replies.
std::string without_addresses(std::string_view text);

/// `Ana Soto` as `A… S…`.
std::string mask_name(std::string_view name);

}  // namespace egarage::report
