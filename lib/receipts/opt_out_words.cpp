#include "receipts/opt_out_words.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"

namespace egarage::receipts {

bool is_opt_out(std::string_view text) {
  static constexpr std::array<std::string_view, 3> words{"stop", "baja", "alto"};
  constexpr std::string_view around = " \t\r\n.!";
  const auto first = text.find_first_not_of(around);
  if (first == std::string_view::npos) return false;
  text = text.substr(first, text.find_last_not_of(around) - first + 1);
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return std::ranges::equal(text, word, {}, core::lower); });
}

}  // namespace egarage::receipts
