#ifdef _WIN32

#include <system_error>

#include "core/platform/mapped_file.hpp"

namespace egarage::core::platform {

// Windows names no boot that a process without special rights could ask for, so nobody could trust such a file.

MappedFile::MappedFile(const std::filesystem::path& path, std::size_t) {
  throw std::system_error(std::make_error_code(std::errc::function_not_supported), path.string());
}

MappedFile::~MappedFile() = default;

std::optional<std::string> read_mapped_file(const std::filesystem::path&, std::size_t) { return std::nullopt; }

std::int64_t file_birth(const std::filesystem::path&) { return 0; }

std::optional<std::string> boot_id() { return std::nullopt; }

}  // namespace egarage::core::platform

#endif
