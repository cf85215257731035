#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/instant.hpp"
#include "exchange/record.hpp"

namespace egarage::exchange {

/// Reads the cells of a record as values. Each reader is given what stands in the store already, and answers it when
/// the input does not speak of the column; a new thing has defaults there. The first value that is wrong refuses the
/// record: look at `refusal` before anything is done with what was read.
class Fields {
 public:
  Fields(Columns columns, const Record& record) : columns_(columns), record_(record) {}

  const std::optional<std::string>& refusal() const { return refusal_; }
  void refuse(std::string sentence) {
    if (!refusal_) refusal_ = std::move(sentence);
  }
  /// `"phone" has letters in it`.
  void refuse(std::string_view column, std::string_view why) { refuse(fmt::format("\"{}\" {}", column, why)); }

  /// Whether the input speaks of the column, if only to say that it is empty.
  bool says(std::string_view column) const { return record_.cells[place(column)].has_value(); }

  /// One line without control characters and blanks at its ends; at most 500 characters.
  std::string text(std::string_view column, std::string kept = {});
  /// A text that must not be empty, neither in the input nor, where that says nothing, in the store.
  std::string required_text(std::string_view column, std::string kept = {});
  /// A required text of at most 200 characters.
  std::string key(std::string_view column, std::string kept = {});
  std::optional<std::string> optional_key(std::string_view column, std::optional<std::string> kept = {});

  std::optional<core::Date> optional_date(std::string_view column, std::optional<core::Date> kept = {});
  core::Date date(std::string_view column, std::optional<core::Date> kept = {});
  /// `08:30`: minutes after midnight, up to 24:00.
  std::optional<std::chrono::minutes> optional_time(std::string_view column,
                                                    std::optional<std::chrono::minutes> kept = {});
  /// As core::EmailAddress writes it.
  std::optional<std::string> optional_email(std::string_view column, std::optional<std::string> kept = {});
  std::optional<core::Instant> optional_instant(std::string_view column, std::optional<core::Instant> kept = {});
  std::optional<std::int64_t> optional_number(std::string_view column, std::int64_t least, std::int64_t most,
                                              std::optional<std::int64_t> kept = {});
  std::int64_t number(std::string_view column, std::int64_t least, std::int64_t most,
                      std::optional<std::int64_t> kept = {});
  /// As people and spreadsheets write it, in English or Spanish: `yes`, `TRUE`, `1`, `sí`; an empty cell is no.
  bool flag(std::string_view column, bool kept);

  /// One of the names; absent when the cell is empty.
  template <typename Enum, std::size_t Count>
  std::optional<Enum> optional_word(std::string_view column, const core::EnumNames<Enum, Count>& names,
                                    std::optional<Enum> kept = {}) {
    if (!says(column)) return kept;
    const auto written = text(column);
    if (written.empty()) return std::nullopt;
    const auto value = core::value_of(names, written);
    if (!value) refuse_word(column, written, names_of(names));
    return value;
  }
  /// One of the names; `otherwise` when the cell is empty.
  template <typename Enum, std::size_t Count>
  Enum word(std::string_view column, const core::EnumNames<Enum, Count>& names, std::optional<Enum> kept,
            Enum otherwise) {
    return optional_word(column, names, kept).value_or(otherwise);
  }
  /// One of the names, which must stand in the input or in the store.
  template <typename Enum, std::size_t Count>
  Enum required_word(std::string_view column, const core::EnumNames<Enum, Count>& names,
                     std::optional<Enum> kept = {}) {
    const auto value = optional_word(column, names, kept);
    if (!value) refuse(fmt::format("has no \"{}\"", column));
    return value.value_or(names.front().first);
  }
  /// Names with `|` between them, each once, in the order in which they stand; absent when the cell is empty.
  template <typename Enum, std::size_t Count>
  std::optional<std::vector<Enum>> optional_list(std::string_view column, const core::EnumNames<Enum, Count>& names,
                                                 std::optional<std::vector<Enum>> kept = {}) {
    if (!says(column)) return kept;
    const auto written = text(column);
    if (written.empty()) return std::nullopt;
    std::vector<Enum> result;
    if (written == empty_list) return result;
    for (const auto& word : words_of(written)) {
      const auto value = core::value_of(names, word);
      if (!value) refuse_word(column, word, names_of(names));
      if (value && std::ranges::find(result, *value) == result.end()) result.push_back(*value);
    }
    return result;
  }

 private:
  template <typename Enum, std::size_t Count>
  static std::vector<std::string_view> names_of(const core::EnumNames<Enum, Count>& names) {
    std::vector<std::string_view> result;
    for (const auto& [value, name] : names) result.push_back(name);
    return result;
  }
  std::size_t place(std::string_view column) const { return *place_of(columns_, column); }
  std::string text_of(std::string_view column, std::size_t longest);
  static std::vector<std::string> words_of(std::string_view list);
  void refuse_word(std::string_view column, std::string_view written, const std::vector<std::string_view>& names);

  Columns columns_;
  const Record& record_;
  std::optional<std::string> refusal_;
};

}  // namespace egarage::exchange
