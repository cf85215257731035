#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::producers {

/// Reads lines of bounded length, whatever the input is. LF and CR LF end a line; a byte order mark before the first
/// one is no part of it.
class LineReader {
 public:
  LineReader(std::istream& input, std::size_t longest);

  struct Line {
    std::size_t number;     ///< from 1
    std::string_view text;  ///< valid until the next call; empty when `too_long`
    bool too_long;          ///< longer than `longest` octets; the rest of it has been passed over
  };
  /// Empty at the end of the input, also when it cannot be read any further: ask the stream's `bad()`.
  std::optional<Line> next();

 private:
  std::istream& input_;
  std::string buffer_;
  std::size_t number_ = 0;
};

}  // namespace egarage::producers
