#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

namespace egarage::core::platform {

/// Tells the living from the dead: run N holds byte N of one lock file for as long as its process lives. The kernel
/// gives the byte back however the process ends. (Linux: open file description locks; Windows: LockFileEx.)
class RunLock {
 public:
  /// Opens or creates the file (0600). Throws std::system_error when that is not possible.
  explicit RunLock(const std::filesystem::path& file);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

  /// Takes run `id`'s byte until this object is destroyed. False when another process has it.
  bool hold(std::int64_t id);
  /// Whether some other holder (another process, or another RunLock) lives.
  bool is_held(std::int64_t id) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace egarage::core::platform
