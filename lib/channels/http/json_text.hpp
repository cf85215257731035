#pragma once

#include <string>
#include <string_view>

namespace egarage::channels::http {

/// Appends the text as a JSON string, quotes included (RFC 8259 §7); invalid UTF-8 becomes U+FFFD. For bodies that are
/// written once a message: building a tree of values first costs several times as much.
void append_json_text(std::string& json, std::string_view text);

}  // namespace egarage::channels::http
