#include "app/scratch_folder.hpp"

#include <fmt/format.h>

#include <random>
#include <system_error>

#include "core/error.hpp"

namespace egarage::app {

ScratchFolder::ScratchFolder() {
  try {
    std::random_device random;
    do {
      path_ = std::filesystem::temp_directory_path() / fmt::format("egarage-notify-{:08x}{:08x}", random(), random());
    } while (!std::filesystem::create_directory(path_));
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  } catch (const std::filesystem::filesystem_error& error) {
    throw core::Error(core::ExitCode::store, fmt::format("no temporary folder can be made: {}", error.what()),
                      "Set TMPDIR to a folder that may be written.");
  }
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace egarage::app
