#pragma once

#include <fstream>
#include <istream>
#include <string>
#include <string_view>

namespace egarage::app {

/// What a command reads: a file, or standard input where that is its name. Throws core::Error{usage} for a file that
/// cannot be read; `hint` then says what kind of file is wanted.
class InputFile {
 public:
  static constexpr std::string_view standard_input = "-";

  InputFile(const std::string& name, std::string_view hint);

  std::istream& stream();
  /// How reports call it.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  bool is_standard_input_;
  std::ifstream file_;
};

}  // namespace egarage::app
