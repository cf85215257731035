#pragma once

#include <fstream>
#include <istream>
#include <string>
#include <string_view>

namespace egarage::app {

/// A command's input of one JSON object per line: a file, or standard input where `-` is its name.
class LineInput {
 public:
  static constexpr std::string_view standard_input = "-";

  /// Throws core::Error{usage} for a folder and for what cannot be read.
  explicit LineInput(std::string file);

  std::istream& stream();
  /// For messages about its lines.
  std::string name() const;

 private:
  std::string path_;
  std::ifstream file_;
};

}  // namespace egarage::app
