#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace egarage::core::platform {

/// First thing in `main`: UTF-8 console on Windows; SIGPIPE and SIGXFSZ ignored, so that a closed pipe or a file size
/// limit is an error to handle instead of a death; no core dumps, so that no secret lands in one.
void prepare_process();

/// From now on SIGTERM, SIGINT (Ctrl-C, Ctrl-Break) only set a flag; a second one ends the process at once.
void catch_stop_signals();
/// The signal that asked to stop, if any: the exit code is 128 + its number.
std::optional<int> stop_signal();

std::int64_t process_id();
std::string host_name();

/// CPU time of this process (user + system), microseconds, and its peak resident memory in bytes.
struct Usage {
  std::int64_t cpu_microseconds;
  std::int64_t peak_memory_bytes;
};
Usage usage();

bool is_terminal(int file_descriptor);
/// Columns of the terminal on stderr; 80 when unknown.
int terminal_width();
/// The value of an environment variable; empty optional when it is not set.
std::optional<std::string> environment(const std::string& name);

/// Shows the file in the program that the desktop has for it, e.g. a page in the browser. False when there is none.
bool open_in_desktop(const std::filesystem::path& file);

}  // namespace egarage::core::platform
