#pragma once

#include <sstream>
#include <string>

#include "exchange/record.hpp"

namespace egarage::exchange {

/// Every record of a text as `line[cell|cell]`, `-` for a column that the input does not speak of, or `line!refusal`.
inline std::string records_of(const std::string& text, Columns columns) {
  std::istringstream input(text);
  const auto reader = open_records(input, columns);
  std::string result;
  while (const auto record = reader->next()) {
    if (!result.empty()) result += ' ';
    result += std::to_string(record->line);
    if (record->refusal) {
      result += "!" + *record->refusal;
      continue;
    }
    std::string cells;
    for (const auto& cell : record->cells) cells += (cells.empty() ? "" : "|") + cell.value_or("-");
    result += "[" + cells + "]";
  }
  return result;
}

}  // namespace egarage::exchange
