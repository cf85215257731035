#pragma once

#include <filesystem>
#include <string>

namespace egarage::app {

/// Lines to paste into a scheduler.
struct Schedule {
  std::string command;   ///< this program with its configuration, for a shell
  std::string crontab;   ///< run every 15 minutes
  std::string schtasks;  ///< the same for the Windows Task Scheduler
};

/// `store` is empty unless it was named on the command line.
Schedule schedule_of(const std::filesystem::path& program, const std::filesystem::path& configuration,
                     const std::filesystem::path& store);

}  // namespace egarage::app
