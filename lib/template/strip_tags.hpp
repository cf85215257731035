#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace egarage::tmpl {

/// The text without its HTML tags and comments, read as Python's HTMLParser reads them and repeated until none is left,
/// as Django's striptags does. Not a protection: escape the result. Empty for what Django refuses: tags hidden in tags
/// more than 50 times, long tags that never end, declarations that are none.
std::optional<std::string> strip_tags(std::string_view text);

}  // namespace egarage::tmpl
