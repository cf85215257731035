#pragma once

#include <memory>
#include <string>
#include <vector>

#include "exchange/record.hpp"
#include "exchange/source.hpp"

namespace egarage::exchange {

/// Reads the rows of comma-separated values (RFC 4180): cells in quotes may hold separators, line ends and, doubled,
/// quotes. Lines end with LF or CR LF; rows of nothing but empty cells are passed over. What is not well-formed costs
/// its line and nothing else: reading goes on with the line behind it, so that a stray quote swallows no rows.
class CsvReader {
 public:
  /// `line` is the number of the line that the source stands at.
  CsvReader(Source source, char separator, std::size_t line)
      : source_(std::move(source)), separator_(separator), line_(line) {}

  struct Row {
    std::size_t line;                ///< where it begins
    std::vector<std::string> cells;  ///< as they came
    std::string refusal;             ///< why it is not well-formed; empty when it is
  };
  /// Empty at the end of the input.
  std::optional<Row> next();

 private:
  void read_row(Row& row);
  std::string read_quoted(Row& row);
  std::string read_plain(Row& row);
  bool ends_cell();

  Source source_;
  char separator_;
  std::size_t line_;
  std::size_t ahead_ = 0;  ///< how far the row has been read
};

/// A semicolon, a tab or a comma: whichever stands most often in the line, outside quotes.
char separator_of(std::string_view header);

/// Lines that begin with `#` may stand before the header.
std::unique_ptr<RecordReader> make_csv_records(Source source, Columns columns);

}  // namespace egarage::exchange
