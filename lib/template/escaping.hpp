#pragma once

#include <string>
#include <string_view>

#include "template/template.hpp"

namespace egarage::tmpl {

/// Appends the text so that it stays text: `&lt;` for `<` and so on.
void append_html(std::string& out, std::string_view text);

/// Appends the text so that a CommonMark parser makes exactly this text of it, whatever `out` ends with: no emphasis,
/// link, HTML, entity, list, heading, quote or code comes into being. Line breaks stay single line breaks; blanks at
/// the beginning of a line go away, because Markdown would drop them or take them as code.
void append_markdown(std::string& out, std::string_view text);
/// Whether the last line of `out` is nothing but digits so far: a `.` behind them would begin a list.
bool ends_in_open_number(std::string_view out);

/// The text escaped for this kind of output, ready to be marked safe.
std::string escaped(std::string_view text, Escape escape);

}  // namespace egarage::tmpl
