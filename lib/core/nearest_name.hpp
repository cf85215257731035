#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace egarage::core {

/// The known name that `text` was most likely meant to be: fewest single-character edits (a swap of neighbours counts
/// as one), upper and lower case alike. Empty when nothing comes near: more than a third of the letters would have to
/// change.
std::optional<std::string_view> nearest_name(std::string_view text, std::span<const std::string_view> names);

}  // namespace egarage::core
