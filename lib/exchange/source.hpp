#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::exchange {

/// The text of an input from the current place on, as far as somebody wanted to look. A byte order mark at its
/// beginning is no part of it.
class Source {
 public:
  explicit Source(std::istream& input);

  /// Whether there is an octet `ahead` octets further on; reads the input as far as that needs.
  bool has(std::size_t ahead);
  /// One that `has` answered for.
  char at(std::size_t ahead) const { return buffer_[begin_ + ahead]; }
  /// What has been read so far; valid until the next call of `has`.
  std::string_view text() const { return std::string_view(buffer_).substr(begin_); }
  /// Moves on past what has been read.
  void skip(std::size_t octets) { begin_ += octets; }
  /// Moves on to the line behind this one, however long this one is.
  void skip_line();

  /// The first character that is no blank and no line end, which stays where it is; empty when there is none within the
  /// longest record.
  std::optional<char> first_visible();

 private:
  bool read_on();

  std::istream* input_;
  std::string buffer_;
  std::size_t begin_ = 0;
};

}  // namespace egarage::exchange
