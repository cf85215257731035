#include "app/commands/input_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "core/error.hpp"

namespace egarage::app {

InputFile::InputFile(const std::string& name, std::string_view hint)
    : name_(name == standard_input ? "standard input" : name), is_standard_input_(name == standard_input) {
  if (is_standard_input_) {
    std::ios::sync_with_stdio(false);  // character by character otherwise
    return;
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(name, ignored)) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} is a folder", name), std::string(hint));
  }
  file_.open(name, std::ios::binary);
  if (!file_) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} cannot be read", name),
                      "Check the name and the rights, or give - to read from standard input.");
  }
}

std::istream& InputFile::stream() {
  if (is_standard_input_) return std::cin;
  return file_;
}

}  // namespace egarage::app
