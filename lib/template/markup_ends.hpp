#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// Where pieces of markup end, as Python's HTMLParser has it. Positions; npos where a piece never ends.
namespace egarage::tmpl {

inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
inline bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f'); }

inline bool begins_with(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::equal(lower_case.begin(), lower_case.end(), text.begin(), [](char wanted, char c) {
           return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
         });
}

/// Behind the digits of `&#1` or `&#x1f`, with which `rest` begins.
std::size_t end_of_number(std::string_view rest);
/// Behind the name of `&name`.
std::size_t end_of_name(std::string_view rest);

/// Ends of tags, comments and sections of one text, which must outlive it. Remembers from where on there is none:
/// nothing is searched for twice in vain.
class MarkupEnds {
 public:
  explicit MarkupEnds(std::string_view text) : text_(text) { none_.fill(std::string_view::npos); }

  /// Behind the next such sign.
  std::size_t behind(char sign, std::size_t from);
  /// Behind `--  >`, `]  ]  >` or `]  >`: the first such end from `from` on.
  std::size_t behind_signs(std::string_view first, std::string_view second, std::size_t from);

 private:
  std::string_view text_;
  std::array<std::size_t, 128> none_;
};

}  // namespace egarage::tmpl
