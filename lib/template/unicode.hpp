#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace egarage::tmpl {

/// Reads the code point at `position` (which must be inside the text) and moves `position` behind it. An octet that
/// starts no valid sequence counts as one code point, U+FFFD.
char32_t next_code_point(std::string_view text, std::size_t& position);
void append_code_point(std::string& out, char32_t code_point);
/// Code points of the text; an invalid octet counts as one.
std::size_t length_of(std::string_view text);
/// The offset of code point number `index`, or the text's size when it has fewer.
std::size_t offset_of(std::string_view text, std::size_t index);

/// What Python's str.isspace() takes as white space.
bool is_space(char32_t code_point);
/// What Python's `\w` matches; beyond ASCII every letter-like code point of the scripts in use.
bool is_word(char32_t code_point);
/// Marks that combine with the letter before them (canonical combining class other than 0), common blocks.
bool is_combining(char32_t code_point);
/// Case mapping of single letters (letter_case.cpp); what becomes several letters, as `ß` does, stays as it is.
char32_t to_upper(char32_t code_point);
char32_t to_lower(char32_t code_point);
bool is_cased(char32_t code_point);
std::string upper_text(std::string_view text);
std::string lower_text(std::string_view text);
/// The first letter of every word a capital, the others small: `O'HIGGINS` → `O'Higgins`.
std::string title_text(std::string_view text);

/// Without white space at both ends, as Python's str.strip().
std::string_view strip(std::string_view text);
/// The next word of `text` from `position` on, as Python's str.split() cuts it; empty when there is none.
std::string_view next_word(std::string_view text, std::size_t& position);

}  // namespace egarage::tmpl
