#pragma once

#include <string_view>

namespace egarage::core {

/// `[A-Za-z0-9]`, whatever the locale.
constexpr bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// `A` to `Z` in lower case, whatever the locale.
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// What an unquoted word of a mail header or the local part of an address consists of (atext, RFC 5322 §3.2.3).
constexpr bool is_atom_character(char c) {
  return is_letter_or_digit(c) || std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

}  // namespace egarage::core
