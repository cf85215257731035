#pragma once

#include <filesystem>

namespace egarage::app {

/// A folder of this process's own among the system's temporary files, gone with everything in it at the end. Throws
/// core::Error{store} when it cannot be made.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace egarage::app
