#pragma once

#include <string>
#include <string_view>

namespace egarage::core {

/// The text with every invalid UTF-8 sequence (overlong, surrogate, out of range, truncated) and U+0000 replaced by
/// U+FFFD. Valid text comes back unchanged.
std::string valid_utf8(std::string_view text);
/// Whether `valid_utf8` would leave the text as it is; text with U+0000 counts as invalid.
bool is_valid_utf8(std::string_view text);

/// A code point and the number of octets it took.
struct CodePoint {
  char32_t value;
  std::size_t octets;
  bool valid;
};
/// The first code point of a text that is not empty. An invalid sequence gives U+FFFD, `valid` false, and the octets
/// that one U+FFFD stands for (the maximal subpart, Unicode §3.9).
CodePoint first_code_point(std::string_view text);

/// Code points of valid UTF-8 text.
std::size_t count_code_points(std::string_view text);

/// At most `octets` octets of valid UTF-8 text, cut between code points.
std::string_view cut_utf8(std::string_view text, std::size_t octets);

/// One line of valid UTF-8 that is safe in a header, a log record or a terminal: control characters (C0, DEL, C1,
/// U+2028, U+2029) become a space, bidirectional controls vanish, runs of blanks collapse, ends are trimmed.
std::string one_line(std::string_view text);

}  // namespace egarage::core
