#include <chrono>
#include <iostream>
#include <sstream>

#include "app/command_line.hpp"
#include "app/failure.hpp"
#include "core/platform/process.hpp"

namespace {

using egarage::app::Application;
using egarage::core::ExitCode;

// The one place where the clock is read.
egarage::core::Instant wall_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// argv[0] is a path, or a name that the shell found on the PATH.
std::filesystem::path own_file(const std::filesystem::path& name) {
  std::error_code ignored;
  if (name.has_parent_path()) return std::filesystem::absolute(name, ignored).lexically_normal();
  std::istringstream folders(egarage::core::platform::environment("PATH").value_or(""));
  for (std::string folder; std::getline(folders, folder, ':');) {
    const auto candidate = std::filesystem::path(folder) / name;
    if (std::filesystem::is_regular_file(candidate, ignored)) return candidate;
  }
  return name;
}

ExitCode run(int argc, const char* const* argv) {
  Application application(wall_clock);
  if (argc > 0) application.program = own_file(argv[0]);
  const auto failure = egarage::app::failure_of([&] {
    const auto code = egarage::app::run_command_line(argc, argv, application);
    std::cout.flush();
    if (std::cout) return code;
    egarage::app::complain("standard output cannot be written", "");
    return ExitCode::some_failed;
  });
  std::cout.flush();
  if (!failure.error.empty()) egarage::app::complain(failure.error, failure.hint);
  return failure.code;
}

}  // namespace

int main(int argc, char* argv[]) {
  egarage::core::platform::prepare_process();
  const auto code = run(argc, argv);
  const auto signal = egarage::core::platform::stop_signal();
  return signal ? 128 + *signal : static_cast<int>(code);
}
