#pragma once

#include <span>
#include <string_view>

namespace egarage::store {

/// A file of `lib/store/migrations/`, as it was when the binary was built.
struct EmbeddedFile {
  std::string_view path;  ///< e.g. `0001_initial.sql`
  std::string_view text;
};

/// All of them, sorted by path.
std::span<const EmbeddedFile> embedded_files();

}  // namespace egarage::store
