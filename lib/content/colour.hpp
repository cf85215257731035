#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::content {

/// Reads `#rrggbb`. Empty for anything else.
std::optional<std::uint32_t> parse_colour(std::string_view text);

/// The contrast of two colours, 1 to 21 (WCAG 2.1, "contrast ratio"). 4.5 is enough for running text.
double contrast(std::uint32_t one, std::uint32_t other);

/// The colours of an e-mail, all readable whatever accent a company chose.
struct Palette {
  std::string accent;          ///< the company's, or the default
  std::string text_on_accent;  ///< white or nearly black
  std::string edge;            ///< the accent, or a grey where it could not be told from white
  std::string link;            ///< the accent where it is readable on white, else the colour of the text
};
Palette palette_of(std::string_view accent);

}  // namespace egarage::content
