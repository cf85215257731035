#include "content/plain_text.hpp"

#include "content/text_writer.hpp"

namespace egarage::content {

std::string plain_text(cmark_node* document) { return write_text(document, TextStyle{}); }

}  // namespace egarage::content
