#include "core/whatsapp_parameter.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace egarage::core {

std::string fault_of_parameter(std::string_view text) {
  if (text.find_first_not_of(' ') == std::string_view::npos) return "is empty";
  if (text.find_first_of("\r\n\t") != std::string_view::npos) return "holds a line break or a tab";
  if (text.find("     ") != std::string_view::npos) return "holds more than four blanks in a row";
  return {};
}

bool is_template_name(std::string_view text) {
  constexpr std::size_t longest = 512;
  return !text.empty() && text.size() <= longest &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

bool is_template_language(std::string_view text) {
  const auto language = text.substr(0, text.find('_'));
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  if (language.size() < 2 || language.size() > 3 || !std::ranges::all_of(language, is_lower)) return false;
  if (language.size() == text.size()) return true;
  const auto region = text.substr(language.size() + 1);
  return region.size() >= 2 && region.size() <= 4 && std::ranges::all_of(region, is_letter_or_digit);
}

}  // namespace egarage::core
