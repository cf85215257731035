#pragma once

#include <cstdint>
#include <optional>

#include "core/enum_names.hpp"

namespace egarage::producers::maintenance {

/// How a typed number can differ from the one that was meant.
enum class TypingError { extra_digit, missing_digit, swapped_digits };
inline constexpr core::EnumNames<TypingError, 3> typing_error_names{{{TypingError::extra_digit, "an extra digit"},
                                                                     {TypingError::missing_digit, "a missing digit"},
                                                                     {TypingError::swapped_digits, "swapped digits"}}};

/// The error that explains `typed` if the true number lies within [lowest, highest]: one digit too many, one too few,
/// or two neighbours swapped, in this order. Empty when `typed` itself lies there, or when none of them leads there.
std::optional<TypingError> typing_error(std::int64_t typed, std::int64_t lowest, std::int64_t highest);

}  // namespace egarage::producers::maintenance
