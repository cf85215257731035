#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "template/renderer.hpp"

namespace egarage::tmpl {

/// Python's `("%" + format) % value`, all conversions: d i u x X o f F e E g G s r a c %, and `(name)s` of an object.
/// Empty where Python raises a TypeError or ValueError; fails where it raises anything else.
std::optional<std::string> string_format(Renderer& renderer, std::string_view format, const Value& value);

}  // namespace egarage::tmpl
