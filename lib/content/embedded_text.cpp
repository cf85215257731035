#include <algorithm>

#include "content/embedded_files.hpp"

namespace egarage::content {

std::optional<std::string_view> embedded_text(std::string_view path) {
  const auto files = embedded_files();
  const auto found = std::ranges::lower_bound(files, path, {}, &EmbeddedFile::path);
  if (found == files.end() || found->path != path) return std::nullopt;
  return found->text;
}

}  // namespace egarage::content
