#include "app/schedule.hpp"

#include <fmt/format.h>

namespace egarage::app {
namespace {

std::string for_shell(const std::filesystem::path& path) {
  const auto text = path.string();
  constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:@,";
  if (!text.empty() && text.find_first_not_of(harmless) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// In a crontab an unescaped percent sign ends the command.
std::string for_crontab(const std::string& command) {
  std::string escaped;
  for (const char c : command) {
    if (c == '%') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

Schedule schedule_of(const std::filesystem::path& program, const std::filesystem::path& configuration,
                     const std::filesystem::path& store) {
  auto command = fmt::format("{} --config {}", for_shell(program), for_shell(configuration));
  auto windows = fmt::format("\\\"{}\\\" --config \\\"{}\\\"", program.string(), configuration.string());
  if (!store.empty()) {
    const auto absolute = std::filesystem::absolute(store).lexically_normal();
    command += fmt::format(" --store {}", for_shell(absolute));
    windows += fmt::format(" --store \\\"{}\\\"", absolute.string());
  }
  return {.command = command,
          .crontab = fmt::format("*/15 * * * * {} run", for_crontab(command)),
          .schtasks = fmt::format("schtasks /Create /TN egarage-notify /SC MINUTE /MO 15 /TR \"{} run\"", windows)};
}

}  // namespace egarage::app
