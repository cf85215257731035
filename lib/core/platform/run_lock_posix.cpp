#ifndef _WIN32

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/platform/run_lock.hpp"

namespace egarage::core::platform {

namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

struct flock one_byte(short type, std::int64_t id) {
  struct flock range {};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_start = id;
  range.l_len = 1;
  return range;
}

}  // namespace

// Open file description locks, unlike classic POSIX ones, belong to this handle: closing another handle of the same
// file elsewhere in the process does not drop them (fcntl(2)).
struct RunLock::Handle {
  int file;
};

RunLock::RunLock(const std::filesystem::path& file)
    : handle_(new Handle{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)}) {
  if (handle_->file < 0) fail(file.c_str());
}

RunLock::~RunLock() { ::close(handle_->file); }

bool RunLock::hold(std::int64_t id) {
  auto range = one_byte(F_WRLCK, id);
  if (::fcntl(handle_->file, F_OFD_SETLK, &range) == 0) return true;
  if (errno == EAGAIN || errno == EACCES) return false;
  fail("fcntl(F_OFD_SETLK)");
}

bool RunLock::is_held(std::int64_t id) const {
  auto range = one_byte(F_WRLCK, id);
  if (::fcntl(handle_->file, F_OFD_GETLK, &range) != 0) fail("fcntl(F_OFD_GETLK)");
  return range.l_type != F_UNLCK;
}

}  // namespace egarage::core::platform

#endif
