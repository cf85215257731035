#include "content/email_layout.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace egarage::content {
namespace {

tmpl::Template load(const std::vector<std::shared_ptr<const Shelf>>& shelves, const char* name) {
  const TextKey key{name, std::nullopt, std::nullopt};
  for (const auto& shelf : shelves) {
    if (const auto* text = shelf->text(key)) return tmpl::Template::parse(shelf->name_of(key), *text);
  }
  throw core::Error(core::ExitCode::internal, fmt::format("there is no {}", path_of(key)),
                    "this build lacks a file of templates/");
}

}  // namespace

std::shared_ptr<const EmailLayout> layout_from(const std::vector<std::shared_ptr<const Shelf>>& shelves) {
  return std::make_shared<const EmailLayout>(EmailLayout{load(shelves, "layout.html"), load(shelves, "layout.txt")});
}

}  // namespace egarage::content
