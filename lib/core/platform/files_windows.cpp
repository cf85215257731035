#ifdef _WIN32

#include <windows.h>

#include <system_error>

#include "core/platform/files.hpp"

namespace egarage::core::platform {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::system_error(static_cast<int>(::GetLastError()), std::system_category(), path.string());
}

class Handle {
 public:
  Handle(const std::filesystem::path& path, DWORD access, DWORD creation)
      : handle_(::CreateFileW(path.c_str(), access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                              creation, FILE_ATTRIBUTE_NORMAL, nullptr)) {}
  ~Handle() {
    if (valid()) ::CloseHandle(handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  bool valid() const { return handle_ != INVALID_HANDLE_VALUE; }
  HANDLE get() const { return handle_; }

 private:
  HANDLE handle_;
};

}  // namespace

void write_file_durably(const std::filesystem::path& path, std::string_view content) {
  auto temporary = path;
  temporary += ".part";
  {
    const Handle file{temporary, GENERIC_WRITE, CREATE_ALWAYS};
    DWORD written = 0;
    if (!file.valid() ||
        !::WriteFile(file.get(), content.data(), static_cast<DWORD>(content.size()), &written, nullptr) ||
        written != content.size() || !::FlushFileBuffers(file.get())) {
      fail(temporary);
    }
  }
  if (!::MoveFileExW(temporary.c_str(), path.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) fail(path);
}

std::optional<FileIdentity> file_identity(const std::filesystem::path& path) {
  const Handle file{path, 0, OPEN_EXISTING};
  BY_HANDLE_FILE_INFORMATION facts{};
  if (!file.valid() || !::GetFileInformationByHandle(file.get(), &facts)) return std::nullopt;
  return FileIdentity{facts.dwVolumeSerialNumber, (std::uint64_t{facts.nFileIndexHigh} << 32) | facts.nFileIndexLow};
}

bool is_readable_by_others(const std::filesystem::path&) { return false; }

void create_private_file(const std::filesystem::path& path) {
  const Handle file{path, GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS};
  if (!file.valid()) fail(path);
}

}  // namespace egarage::core::platform

#endif
