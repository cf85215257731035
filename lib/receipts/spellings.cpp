#include "receipts/spellings.hpp"

#include <algorithm>

#include "core/phone_number.hpp"

namespace egarage::receipts {
namespace {

/// The other way of writing a mobile number, digits only; empty elsewhere.
std::string other_spelling(const std::string& digits) {
  const auto is = [&](std::string_view prefix, std::size_t length) {
    return digits.starts_with(prefix) && digits.size() == length;
  };
  constexpr std::size_t brazilian_area_end = 4, mexican_code_end = 2;  // 55 11, 52
  if (is("55", 13) && digits[brazilian_area_end] == '9') return std::string(digits).erase(brazilian_area_end, 1);
  if (is("55", 12) && digits[brazilian_area_end] >= '6') return std::string(digits).insert(brazilian_area_end, "9");
  if (is("521", 13)) return std::string(digits).erase(mexican_code_end, 1);
  if (is("52", 12)) return std::string(digits).insert(mexican_code_end, "1");
  return {};
}

}  // namespace

Spellings spellings_of(std::string_view digits) {
  if (digits.starts_with('+')) digits.remove_prefix(1);
  constexpr std::size_t longest = 15;  // ITU-T E.164
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (digits.empty() || digits.size() > longest || !std::ranges::all_of(digits, is_digit)) return {};
  const std::string written(digits);
  // As it came, too: what the numbering plan has forgotten, a message may have been sent to.
  Spellings result{"+" + written};
  for (const auto& way : {written, other_spelling(written)}) {
    const auto number = core::PhoneNumber::parse("+" + way, "");
    if (number && std::ranges::find(result, number->str()) == result.end()) result.push_back(number->str());
  }
  return result;
}

}  // namespace egarage::receipts
