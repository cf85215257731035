#ifndef _WIN32

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/platform/files.hpp"

namespace egarage::core::platform {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (number_ < 0) fail(path);
  }
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

void write_all(const Descriptor& file, std::string_view content, const std::filesystem::path& path) {
  while (!content.empty()) {
    const auto written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void write_file_durably(const std::filesystem::path& path, std::string_view content) {
  auto temporary = path;
  temporary += ".part";
  try {
    const Descriptor file{temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW};
    write_all(file, content, temporary);
    if (::fsync(file.number()) != 0) fail(temporary);
    std::filesystem::rename(temporary, path);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
  const Descriptor directory{folder, O_RDONLY | O_DIRECTORY};
  if (::fsync(directory.number()) != 0) fail(folder);
}

std::optional<FileIdentity> file_identity(const std::filesystem::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return std::nullopt;
  return FileIdentity{static_cast<std::uint64_t>(facts.st_dev), static_cast<std::uint64_t>(facts.st_ino)};
}

bool is_readable_by_others(const std::filesystem::path& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 && (facts.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

void create_private_file(const std::filesystem::path& path) { const Descriptor file{path, O_RDWR | O_CREAT}; }

}  // namespace egarage::core::platform

#endif
