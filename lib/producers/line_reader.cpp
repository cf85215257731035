#include "producers/line_reader.hpp"

#include <limits>

namespace egarage::producers {

// getline keeps one octet for a terminating zero, and a CR may stand before the line end.
LineReader::LineReader(std::istream& input, std::size_t longest) : input_(input), buffer_(longest + 2, '\0') {}

std::optional<LineReader::Line> LineReader::next() {
  input_.getline(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  const auto count = static_cast<std::size_t>(input_.gcount());
  if (input_.bad() || (count == 0 && input_.eof())) return std::nullopt;
  ++number_;
  if (input_.fail() && !input_.eof()) {
    input_.clear();
    input_.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    return Line{number_, {}, true};
  }
  std::string_view text{buffer_.data(), input_.eof() ? count : count - 1};  // the line end was counted
  if (text.ends_with('\r')) text.remove_suffix(1);
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (number_ == 1 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return Line{number_, text, false};
}

}  // namespace egarage::producers
