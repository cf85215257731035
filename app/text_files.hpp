#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace egarage::app {

/// A text file as an author saved it, or standard input for `-`: without byte order mark, with LF line ends. Throws
/// core::Error{usage} when it cannot be read or is larger than 16 MiB.
std::string read_text_file(const std::filesystem::path& path);

/// Writes a page for people to look at. Throws core::Error{usage} when it cannot be written.
void write_page(const std::filesystem::path& file, std::string_view page);

}  // namespace egarage::app
