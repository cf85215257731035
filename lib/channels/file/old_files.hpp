#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>

#include "core/dry_run.hpp"

namespace egarage::channels::file {

/// Removes what file senders wrote into the folder (make_file_sender) and nobody has changed for `age`, with what
/// killed ones left half written; how many files that were. Everything else stays, and a folder that is not there is
/// empty. What cannot be removed stays, too. In a dry run it only counts.
std::size_t remove_old_files(const std::filesystem::path& directory, std::chrono::seconds age, core::DryRun dry_run);

}  // namespace egarage::channels::file
