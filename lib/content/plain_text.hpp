#pragma once

#include <string>

struct cmark_node;

namespace egarage::content {

/// The words of a CommonMark document without its markup: line breaks kept and nothing wrapped, one empty line between
/// blocks, quotes indented, lists with dashes or numbers, links as `text (url)`, images as their description, raw HTML
/// left out. LF line ends, none at the end.
std::string plain_text(cmark_node* document);

}  // namespace egarage::content
