#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::core {

/// What may stand in the body of a request to an HttpGateway.
inline constexpr std::array<std::string_view, 6> gateway_places{"to", "from", "text", "id", "user", "password"};
/// What may stand in the values of its headers: nothing that a customer has written.
inline constexpr std::array<std::string_view, 3> gateway_header_places{"id", "user", "password"};

/// The text with each `{{name}}` (blanks around the name are ignored) replaced by what `value` gives for the name;
/// where it gives nothing, the place stays. What is put in is not looked at again.
std::string fill_places(std::string_view text,
                        const std::function<std::optional<std::string>(std::string_view name)>& value);

}  // namespace egarage::core
