#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace egarage::tmpl {

/// The text without its HTML tags and comments, as Django's striptags: repeated until none is left. Not a protection:
/// escape the result. Empty optional when tags are hidden in
/// tags, or begin and never end, more than 50 times.
std::optional<std::string> strip_tags(std::string_view text);

}  // namespace egarage::tmpl
