#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace egarage::report {

/// Columns that UTF-8 text takes on a terminal: 0 for combining marks, 2 for wide characters and emoji.
std::size_t display_width(std::string_view text);

/// At most `columns` wide; what was longer ends in `…`.
std::string cut_to_width(std::string_view text, std::size_t columns);

enum class Align { left, right };

/// A table for people: aligned columns, two blanks apart, indented by two. Cells are made one line each, so that
/// nothing that came from outside can move the cursor.
class Table {
 public:
  struct Column {
    std::string heading;
    Align align = Align::left;
  };
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void add_row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }

  /// With the headings as first line, unless all of them are empty.
  std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace egarage::report
