#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "core/enum_names.hpp"
#include "core/instant.hpp"
#include "exchange/record.hpp"

namespace egarage::exchange {

/// Values as the cells of an export: what is absent is an empty cell.
inline std::string cell(const std::optional<std::string>& text) { return text.value_or(""); }
inline std::string cell(core::Date date) { return core::format_date(date); }
inline std::string cell(const std::optional<core::Date>& date) { return date ? core::format_date(*date) : ""; }
inline std::string cell(const std::optional<core::Instant>& instant) {
  return instant ? core::format_instant(*instant) : "";
}
inline std::string number_cell(std::int64_t number) { return fmt::format("{}", number); }
template <typename Integer>
std::string cell(const std::optional<Integer>& number) {
  return number ? fmt::format("{}", *number) : "";
}
inline std::string flag_cell(bool flag) { return flag ? "yes" : "no"; }

template <typename Enum, std::size_t Count>
std::string word_cell(const core::EnumNames<Enum, Count>& names, Enum value) {
  return std::string(core::name_of(names, value));
}
template <typename Enum, std::size_t Count>
std::string list_cell(const core::EnumNames<Enum, Count>& names, const std::vector<Enum>& values) {
  if (values.empty()) return std::string(empty_list);
  std::string text;
  for (const auto value : values) {
    if (!text.empty()) text += '|';
    text += core::name_of(names, value);
  }
  return text;
}

}  // namespace egarage::exchange
