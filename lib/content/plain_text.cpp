#include "content/plain_text.hpp"

#include "content/text_writer.hpp"

namespace egarage::content {

std::string plain_text(cmark_node* document) {
  TextStyle style;
  style.quote = "  ";  // `> ` would look as if somebody else had said it
  return write_text(document, style);
}

}  // namespace egarage::content
