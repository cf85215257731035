#ifndef _WIN32

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <cerrno>
#include <cstdlib>

#include "core/platform/process.hpp"

namespace egarage::core::platform {

namespace {

volatile sig_atomic_t received_signal = 0;

void remember_signal(int number) {
  received_signal = number;
  // The second one shall end the process at once, by the system's own action.
  ::signal(number, SIG_DFL);
}

}  // namespace

void prepare_process() {
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  ::umask(077);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
  ::prctl(PR_SET_DUMPABLE, 0);
#endif
  // A closed standard stream would hand its number to the store's file; a stray message would then corrupt it.
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) < 0) std::abort();
  }
}

void catch_stop_signals() {
  struct sigaction action {};
  action.sa_handler = remember_signal;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGINT, &action, nullptr);
}

std::optional<int> stop_signal() {
  if (received_signal == 0) return std::nullopt;
  return received_signal;
}

std::int64_t process_id() { return ::getpid(); }

std::string host_name() {
  char name[256] = {};
  if (::gethostname(name, sizeof name - 1) != 0) return "localhost";
  return name;
}

Usage usage() {
  rusage self{};
  ::getrusage(RUSAGE_SELF, &self);
  const auto microseconds = [](const timeval& time) { return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec; };
#ifdef __APPLE__
  constexpr std::int64_t unit = 1;
#else
  constexpr std::int64_t unit = 1024;
#endif
  return {microseconds(self.ru_utime) + microseconds(self.ru_stime), std::int64_t{self.ru_maxrss} * unit};
}

bool is_terminal(int file_descriptor) { return ::isatty(file_descriptor) == 1; }

int terminal_width() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

std::optional<std::string> environment(const std::string& name) {
  const char* value = ::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

bool open_in_desktop(const std::filesystem::path& file) {
#ifdef __APPLE__
  const char* opener = "open";
#else
  const char* opener = "xdg-open";
#endif
  const auto path = std::filesystem::absolute(file).string();
  const char* arguments[] = {opener, path.c_str(), nullptr};
  // What the opener tries in vain is its own affair; the caller says what to do instead.
  posix_spawn_file_actions_t silent;
  if (::posix_spawn_file_actions_init(&silent) != 0) return false;
  ::posix_spawn_file_actions_addopen(&silent, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  // posix_spawnp takes its arguments without const for historical reasons and does not change them.
  const int failure = ::posix_spawnp(&child, opener, &silent, nullptr, const_cast<char* const*>(arguments), environ);
  ::posix_spawn_file_actions_destroy(&silent);
  if (failure != 0) return false;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace egarage::core::platform

#endif
