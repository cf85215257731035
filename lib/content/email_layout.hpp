#pragma once

#include <memory>
#include <vector>

#include "content/shelf.hpp"
#include "template/template.hpp"

namespace egarage::content {

/// What frames every e-mail: the texts `layout.html` and `layout.txt`, parsed.
struct EmailLayout {
  tmpl::Template html, text;
};

/// Each of the two from the first shelf that has it. Throws tmpl::TemplateError when one cannot be parsed, and
/// core::Error{internal} when no shelf has it.
std::shared_ptr<const EmailLayout> layout_from(const std::vector<std::shared_ptr<const Shelf>>& shelves);

}  // namespace egarage::content
