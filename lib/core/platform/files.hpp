#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::core::platform {

/// Writes the whole file so that after a crash or power cut it is either absent (or as before) or complete: temporary
/// file beside it, fsync, rename, fsync of the folder. Readable by the owner only. Throws std::system_error.
void write_file_durably(const std::filesystem::path& path, std::string_view content);

/// The same device and file number as long as it is the same file; empty when there is none. Tells a replaced store.
struct FileIdentity {
  std::uint64_t device, number;
  bool operator==(const FileIdentity&) const = default;
};
std::optional<FileIdentity> file_identity(const std::filesystem::path& path);

/// Whether users other than the owner may read it (always false on Windows, where folders inherit their rights).
bool is_readable_by_others(const std::filesystem::path& path);
/// Creates an empty file readable by its owner only, unless something is there already. Throws std::system_error.
void create_private_file(const std::filesystem::path& path);

}  // namespace egarage::core::platform
