#pragma once

#include <string>
#include <string_view>

namespace egarage::tmpl {

/// Unicode's Normalization Form C (UAX #15) for Latin, Greek and Cyrillic letters with combining marks, and for the
/// signs that have a preferred spelling (`Å` for U+212B). Other scripts stay as they are.
std::string compose(std::string_view text);

/// What Unicode's compatibility decomposition (NFKD) leaves of the text in ASCII: `Ñuñoa ½ ﬁn` → `Nunoa 12 fin`.
/// Letters that have no ASCII in them vanish (`ß`, `ø`, Greek, emoji).
std::string ascii_of(std::string_view text);

}  // namespace egarage::tmpl
