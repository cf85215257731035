#include "channels/file/old_files.hpp"

#include <system_error>

namespace egarage::channels::file {
namespace {

/// `n.<id>.<mark>.eml`, and the same with `.part` while it is written.
bool is_a_message(const std::filesystem::path& path) {
  auto name = path.filename();
  if (name.extension() == ".part") name = name.stem();
  const auto extension = name.extension();
  return name.string().starts_with("n.") && (extension == ".eml" || extension == ".json");
}

}  // namespace

std::size_t remove_old_files(const std::filesystem::path& directory, std::chrono::seconds age, core::DryRun dry_run) {
  // The clock of the file system decides, which is also the one that dated the files.
  const auto before = std::filesystem::file_time_type::clock::now() - age;
  std::size_t count = 0;
  std::error_code failed;
  for (auto entry = std::filesystem::directory_iterator(directory, failed);
       !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
    std::error_code unknown;
    const auto written = entry->last_write_time(unknown);
    if (unknown || written >= before || !entry->is_regular_file(unknown) || !is_a_message(entry->path())) continue;
    if (dry_run == core::DryRun::yes || std::filesystem::remove(entry->path(), unknown)) ++count;
  }
  return count;
}

}  // namespace egarage::channels::file
