#include "app/text_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <system_error>

#include "core/error.hpp"
#include "core/platform/files.hpp"

namespace egarage::app {

std::string read_text_file(const std::filesystem::path& path) {
  constexpr std::size_t largest = 16 * 1024 * 1024;
  const bool from_standard_input = path == "-";
  std::ifstream file;
  std::error_code ignored;
  if (!from_standard_input && !std::filesystem::is_directory(path, ignored)) file.open(path, std::ios::binary);
  if (!from_standard_input && !file.is_open()) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} cannot be read", path.string()),
                      "Check the name and the rights, or give - to read from standard input.");
  }
  std::istream& input = from_standard_input ? std::cin : file;
  std::string raw(largest + 1, '\0');
  input.read(raw.data(), static_cast<std::streamsize>(raw.size()));
  raw.resize(static_cast<std::size_t>(input.gcount()));
  if (raw.size() > largest) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} is larger than 16 MiB", path.string()),
                      "A message text has a few thousand characters.");
  }
  std::string_view text = raw;
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || text.substr(i, 2) != "\r\n") result += text[i];
  }
  return result;
}

void write_page(const std::filesystem::path& file, std::string_view page) {
  try {
    core::platform::write_file_durably(file, page);
  } catch (const std::system_error& error) {
    throw core::Error(core::ExitCode::usage,
                      fmt::format("{} cannot be written: {}", file.string(), error.code().message()),
                      "Name a file in a folder that exists and that you may write to.");
  }
}

}  // namespace egarage::app
