#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace egarage::content {

/// A file of `templates/`, as it was when the binary was built.
struct EmbeddedFile {
  std::string_view path;  ///< relative to `templates/`, with `/`, e.g. `es/documento_creado.md`
  std::string_view text;
};

/// All of them, sorted by path.
std::span<const EmbeddedFile> embedded_files();

/// The text of one; empty when there is none at the path.
std::optional<std::string_view> embedded_text(std::string_view path);

}  // namespace egarage::content
