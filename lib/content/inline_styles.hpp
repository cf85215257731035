#pragma once

#include <string>
#include <string_view>

namespace egarage::content {

/// cmark's HTML with a `style` on every element that the layout has an opinion about: mail programs drop style sheets
/// too often to rely on one. Only for cmark's safe output, where a `<` always begins a tag or a comment.
std::string with_inline_styles(std::string_view html, std::string_view link_colour);

}  // namespace egarage::content
