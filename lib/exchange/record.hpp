#pragma once

#include <cstddef>
#include <istream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace egarage::exchange {

/// What a file of one kind may say of a thing.
struct Column {
  enum class Presence {
    always,  ///< without it nobody knows what the row is about
    free,
  };
  /// How JSON writes it. CSV knows texts only.
  enum class Form {
    text,
    number,  ///< as it stands in the cell, so that no decimal is lost
    flag,    ///< `yes` and `no`: true and false
    list,    ///< words with `|` between them; `none` is a list without any
  };
  std::string_view name;
  Presence presence = Presence::free;
  Form form = Form::text;

  static constexpr Column key(std::string_view name) { return {name, Presence::always, Form::text}; }
  static constexpr Column number(std::string_view name, Presence presence = Presence::free) {
    return {name, presence, Form::number};
  }
  static constexpr Column flag(std::string_view name) { return {name, Presence::free, Form::flag}; }
  static constexpr Column list(std::string_view name) { return {name, Presence::free, Form::list}; }
};
using Columns = std::span<const Column>;

inline constexpr std::string_view empty_list = "none";

/// The cell of each column, in their order. Absent: the input says nothing of it; empty: it says that there is none.
using Cells = std::vector<std::optional<std::string>>;

/// A row of CSV, or a line of JSON.
struct Record {
  std::size_t line = 0;                ///< from 1; where it begins
  std::optional<std::string> refusal;  ///< why it cannot be read: one sentence; the cells then say nothing
  Cells cells;
};

inline constexpr std::size_t longest_record = 1024 * 1024;  ///< octets

class RecordReader {
 public:
  virtual ~RecordReader() = default;
  /// Empty at the end of the input, also when it cannot be read any further: ask the stream's `bad()`. Cells are valid
  /// UTF-8.
  virtual std::optional<Record> next() = 0;
};

/// JSON Lines when the first character is `{`, else CSV, whose header is read at once. Throws core::Error{usage} naming
/// the nearest known column for a header with an unknown one, and for one that lacks what must always be there.
std::unique_ptr<RecordReader> open_records(std::istream& input, Columns columns);

/// The place of a column with that name; absent when there is none.
std::optional<std::size_t> place_of(Columns columns, std::string_view name);
/// `unknown column "custmer"; did you mean "customer"?`
std::string unknown_column(Columns columns, std::string_view name, std::string_view what);

}  // namespace egarage::exchange
