#include "app/commands/line_input.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "core/error.hpp"

namespace egarage::app {

LineInput::LineInput(std::string file) : path_(std::move(file)) {
  if (path_ == standard_input) {
    std::ios::sync_with_stdio(false);  // character by character otherwise
    return;
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(path_, ignored)) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} is a folder", path_),
                      "Name a file that holds one JSON object per line.");
  }
  file_.open(path_, std::ios::binary);
  if (!file_) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} cannot be read", path_),
                      "Check the name and the rights, or give - to read from standard input.");
  }
}

std::istream& LineInput::stream() { return path_ == standard_input ? std::cin : file_; }

std::string LineInput::name() const { return path_ == standard_input ? "standard input" : path_; }

}  // namespace egarage::app
