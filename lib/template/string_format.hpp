#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "template/renderer.hpp"

namespace egarage::tmpl {

/// Python's `("%" + format) % value` for one conversion: d i u x X o f F e E g G s r a c. Empty where Python raises.
std::optional<std::string> string_format(Renderer& renderer, std::string_view format, const Value& value);

}  // namespace egarage::tmpl
