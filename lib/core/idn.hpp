#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace egarage::core {

/// A label of a domain name in the form that DNS knows: ASCII letters lower case, a label with accented Latin letters
/// (`ñuñoa`) as `xn--…` (RFC 5891, Punycode of RFC 3492). Only the Latin letters of U+00E0 to U+00FF and their capitals
/// are taken: these need no table, and no letter of another script can pose as one of them. Empty for anything else.
/// Does not check lengths, hyphens or which ASCII characters occur.
std::optional<std::string> to_ascii_label(std::string_view label);

}  // namespace egarage::core
