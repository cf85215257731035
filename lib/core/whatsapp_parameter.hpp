#pragma once

#include <string>
#include <string_view>

namespace egarage::core {

/// What Meta refuses of the text of a template's parameter when a message is sent: no line breaks, tabs or more than
/// four blanks in a row, and never nothing (developers.facebook.com, "Error codes", 132018, 131008). Empty when it is
/// fine.
std::string fault_of_parameter(std::string_view text);

/// What a template may be called: `[a-z0-9_]{1,512}` (developers.facebook.com, "Templates").
bool is_template_name(std::string_view text);
/// A language code as templates have it: `es`, `es_CL`, `zh_Hant`.
bool is_template_language(std::string_view text);

}  // namespace egarage::core
