#pragma once

#include <algorithm>
#include <string_view>

namespace egarage::channels {

/// Whether the text is a number as ITU-T E.164 has it, written with its `+`: providers complete anything else by their
/// own rules, and reach somebody else.
constexpr bool is_e164(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         std::all_of(text.begin() + 1, text.end(), is_digit);
}

}  // namespace egarage::channels
