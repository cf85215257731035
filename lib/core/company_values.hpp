#pragma once

#include <string_view>

namespace egarage::core {

// What the texts of a core::Company must look like, wherever they come from.

/// 1 to 64 lower-case letters, digits and hyphens.
bool is_company_slug(std::string_view text);
/// `#rrggbb`.
bool is_colour(std::string_view text);
/// An https link that may stand in the attribute of an e-mail as it is.
bool is_logo_link(std::string_view text);

}  // namespace egarage::core
