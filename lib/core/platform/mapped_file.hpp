#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace egarage::core::platform {

/// Memory that outlives its process: what has been written into it is in the file however the process ends, without any
/// call of the operating system. Only the end of the machine can lose it (see boot_id).
class MappedFile {
 public:
  /// Creates the file, readable by its owner only: `size` zero octets, for which the disk has room. What was there
  /// under that name is removed, not changed. Throws std::system_error; always where the system has no boot_id.
  MappedFile(const std::filesystem::path& path, std::size_t size);
  /// The file stays.
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<std::byte> memory() const { return memory_; }

 private:
  std::span<std::byte> memory_;
};

/// The content of such a file whose process has died. Empty when there is none of exactly that size, or when the disk
/// has refused a part of it.
std::optional<std::string> read_mapped_file(const std::filesystem::path& path, std::size_t size);

/// When the file was made, in nanoseconds of the clock of then: a copy has another one, even where it was given the
/// number of a file that is gone. 0 where the file system does not know.
std::int64_t file_birth(const std::filesystem::path& path);

/// Another one after each start of the machine (Linux: proc(5), /proc/sys/kernel/random/boot_id). Empty where the
/// system has none: then nobody may rely on what a dead process has left in a MappedFile.
std::optional<std::string> boot_id();

}  // namespace egarage::core::platform
