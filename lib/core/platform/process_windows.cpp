#ifdef _WIN32

#include <windows.h>
// windows.h first
#include <io.h>
#include <psapi.h>
#include <shellapi.h>
#include <signal.h>

#include <atomic>
#include <cstdlib>

#include "core/platform/process.hpp"

namespace egarage::core::platform {

namespace {

std::atomic<int> received_signal{0};

BOOL WINAPI remember_event(DWORD event) {
  if (event == CTRL_LOGOFF_EVENT || received_signal != 0) return FALSE;  // the second one ends the process
  received_signal = event == CTRL_C_EVENT ? SIGINT : SIGTERM;
  return TRUE;
}

}  // namespace

void prepare_process() {
  ::SetConsoleOutputCP(CP_UTF8);
  ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

void catch_stop_signals() { ::SetConsoleCtrlHandler(remember_event, TRUE); }

std::optional<int> stop_signal() {
  const int signal = received_signal;
  if (signal == 0) return std::nullopt;
  return signal;
}

std::int64_t process_id() { return ::GetCurrentProcessId(); }

std::string host_name() {
  char name[256] = {};
  DWORD size = sizeof name;
  if (!::GetComputerNameExA(ComputerNameDnsHostname, name, &size)) return "localhost";
  return name;
}

Usage usage() {
  FILETIME created{}, ended{}, kernel{}, user{};
  ::GetProcessTimes(::GetCurrentProcess(), &created, &ended, &kernel, &user);
  const auto microseconds = [](const FILETIME& time) {
    return ((std::int64_t{time.dwHighDateTime} << 32) + time.dwLowDateTime) / 10;
  };
  PROCESS_MEMORY_COUNTERS memory{};
  ::GetProcessMemoryInfo(::GetCurrentProcess(), &memory, sizeof memory);
  return {microseconds(kernel) + microseconds(user), static_cast<std::int64_t>(memory.PeakWorkingSetSize)};
}

bool is_terminal(int file_descriptor) { return ::_isatty(file_descriptor) != 0; }

int terminal_width() {
  CONSOLE_SCREEN_BUFFER_INFO info{};
  if (!::GetConsoleScreenBufferInfo(::GetStdHandle(STD_ERROR_HANDLE), &info)) return 80;
  return info.srWindow.Right - info.srWindow.Left + 1;
}

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

bool open_in_desktop(const std::filesystem::path& file) {
  const auto path = std::filesystem::absolute(file).wstring();
  constexpr INT_PTR failures_end_at = 32;
  const auto answer = ::ShellExecuteW(nullptr, L"open", path.c_str(), nullptr, nullptr, SW_SHOWNORMAL);
  return reinterpret_cast<INT_PTR>(answer) > failures_end_at;
}

}  // namespace egarage::core::platform

#endif
