#ifndef _WIN32

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "core/platform/mapped_file.hpp"

namespace egarage::core::platform {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : number_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

/// Octets that are there, not a hole: a full disk must be met here, not by SIGBUS at some later store.
void fill(const Descriptor& file, std::size_t size, const std::filesystem::path& path) {
  static constexpr std::array<char, 65536> zeros{};
  while (size > 0) {
    const auto written = ::write(file.number(), zeros.data(), std::min(size, zeros.size()));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path);
    size -= static_cast<std::size_t>(written);
  }
}

}  // namespace

MappedFile::MappedFile(const std::filesystem::path& path, std::size_t size) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail(path);
  const Descriptor file{path, O_RDWR | O_CREAT | O_EXCL};
  if (file.number() < 0) fail(path);
  try {
    fill(file, size, path);
    auto* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.number(), 0);
    if (memory == MAP_FAILED) fail(path);
    memory_ = {static_cast<std::byte*>(memory), size};
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
}

MappedFile::~MappedFile() { ::munmap(memory_.data(), memory_.size()); }

std::optional<std::string> read_mapped_file(const std::filesystem::path& path, std::size_t size) {
  const Descriptor file{path, O_RDONLY};
  struct stat facts {};
  if (file.number() < 0 || ::fstat(file.number(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
  if (facts.st_size != static_cast<off_t>(size)) return std::nullopt;
  // Pages that could not be written may have been dropped; fsync(2) reports that to the next one who asks.
  if (::fsync(file.number()) != 0) return std::nullopt;
  std::string content(size, '\0');
  for (std::size_t done = 0; done < size;) {
    const auto got = ::pread(file.number(), content.data() + done, size - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    done += static_cast<std::size_t>(got);
  }
  return content;
}

std::int64_t file_birth([[maybe_unused]] const std::filesystem::path& path) {
#ifdef __linux__
  struct statx facts {};
  if (::statx(AT_FDCWD, path.c_str(), 0, STATX_BTIME, &facts) == 0 && (facts.stx_mask & STATX_BTIME) != 0) {
    return facts.stx_btime.tv_sec * 1'000'000'000 + facts.stx_btime.tv_nsec;
  }
#endif
  return 0;
}

std::optional<std::string> boot_id() {
  std::ifstream file{"/proc/sys/kernel/random/boot_id"};
  std::string id;
  if (!std::getline(file, id) || id.empty()) return std::nullopt;
  return id;
}

}  // namespace egarage::core::platform

#endif
