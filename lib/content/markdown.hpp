#pragma once

#include <string_view>

struct cmark_node;

namespace egarage::content {

/// CommonMark text as cmark's tree. The tree and everything made from it belong to the calling thread's memory for
/// Markdown, which the next call empties: nothing is freed, and nothing may be kept. (Thousands of small allocations a
/// message are what cmark's time goes to otherwise.)
cmark_node* parse_markdown(std::string_view text);

/// The tree as HTML: line breaks kept, raw HTML and dangerous links left out. Lives as long as the tree.
std::string_view html_of(cmark_node* document);

}  // namespace egarage::content
