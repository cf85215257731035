#pragma once

#include <fstream>
#include <istream>
#include <string>
#include <string_view>

namespace egarage::app {

/// What a command reads: a file, or standard input where the name is `-`. Throws core::Error{usage} for a file that
/// cannot be read; `hint` then says what kind of file is wanted.
class InputFile {
 public:
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
