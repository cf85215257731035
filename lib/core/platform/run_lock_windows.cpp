#ifdef _WIN32

#include <windows.h>

#include <system_error>

#include "core/platform/run_lock.hpp"

namespace egarage::core::platform {

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(static_cast<int>(::GetLastError()), std::system_category(), what);
}

bool lock_byte(HANDLE file, std::int64_t id) {
  OVERLAPPED where{};
  where.Offset = static_cast<DWORD>(id);
  where.OffsetHigh = static_cast<DWORD>(id >> 32);
  if (::LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &where)) return true;
  if (::GetLastError() == ERROR_LOCK_VIOLATION) return false;
  fail("LockFileEx");
}

}  // namespace

struct RunLock::Handle {
  HANDLE file;
};

RunLock::RunLock(const std::filesystem::path& file)
    : handle_(new Handle{::CreateFileW(file.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                       nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr)}) {
  if (handle_->file == INVALID_HANDLE_VALUE) fail("CreateFile");
}

RunLock::~RunLock() { ::CloseHandle(handle_->file); }

bool RunLock::hold(std::int64_t id) { return lock_byte(handle_->file, id); }

bool RunLock::is_held(std::int64_t id) const {
  // Windows has no question, only the attempt.
  if (!lock_byte(handle_->file, id)) return true;
  OVERLAPPED where{};
  where.Offset = static_cast<DWORD>(id);
  where.OffsetHigh = static_cast<DWORD>(id >> 32);
  ::UnlockFileEx(handle_->file, 0, 1, 0, &where);
  return false;
}

}  // namespace egarage::core::platform

#endif
