#include "report/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/email_address.hpp"
#include "core/masking.hpp"
#include "core/utf8.hpp"

namespace egarage::report {

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", with_thousands(static_cast<std::int64_t>(count)), count == 1 ? one : many);
}

namespace {

/// A telephone number as providers repeat it, with or without its `+`.
std::optional<std::string> masked_number(std::string_view word) {
  const auto digits = word.substr(word.starts_with('+') ? 1 : 0);
  if (digits.size() < 10 || digits.size() > 15 || digits.find_first_not_of("0123456789") != digits.npos) return {};
  return core::mask_recipient("+" + std::string(digits)).substr(digits.size() == word.size() ? 1 : 0);
}

}  // namespace

std::string without_addresses(std::string_view text) {
  constexpr std::string_view separators = " \t<>()[]{},;:\"'|";
  std::string masked;
  while (!text.empty()) {
    const auto start = text.find_first_not_of(separators);
    masked += text.substr(0, start);
    if (start == text.npos) break;
    text.remove_prefix(start);
    const auto word = text.substr(0, text.find_first_of(separators));
    text.remove_prefix(word.size());
    const auto bare = word.substr(0, word.find_last_not_of('.') + 1);  // an address at the end of a sentence
    if (core::EmailAddress::parse(bare)) {
      masked += core::mask_address(bare);
      masked += word.substr(bare.size());
    } else if (const auto number = masked_number(bare)) {
      masked += *number;
      masked += word.substr(bare.size());
    } else {
      masked += word;
    }
  }
  return masked;
}

std::string mask_name(std::string_view name) {
  std::string masked;
  const auto line = core::one_line(name);
  std::string_view rest = line;
  while (!rest.empty()) {
    const auto word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    std::size_t initial = 1;
    while (initial < word.size() && (static_cast<unsigned char>(word[initial]) & 0xC0U) == 0x80) ++initial;
    if (!masked.empty()) masked += ' ';
    masked += std::string(word.substr(0, initial)) + "…";
  }
  return masked;
}

}  // namespace egarage::report
