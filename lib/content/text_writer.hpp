#pragma once

#include <cstddef>
#include <string>
#include <string_view>

struct cmark_node;

namespace egarage::content {

enum class LinkStyle {
  in_brackets,  ///< words (address)
  after_colon,  ///< words: address
  address_only,
};

/// What is written around the words that Markdown marks.
struct Mark {
  std::string_view open, close;
};

/// How the blocks and spans of a Markdown document are written as text.
struct TextStyle {
  std::size_t between_blocks = 2;  ///< line breaks
  std::string_view quote = "> ";   ///< before each line
  std::string_view rule = "---";   ///< empty: a thematic break leaves no trace
  LinkStyle links = LinkStyle::in_brackets;
  /// Closed at the end of a line and opened again in the next. Written once when nested in themselves; a heading is
  /// strong.
  Mark strong{}, emphasis{}, code{};
  std::string_view fence{};  ///< a line before and after a code block; empty: none
};

/// The words of a CommonMark document: line breaks kept and nothing wrapped, lists with dashes or numbers, images as
/// their description, raw HTML and control characters left out. LF line ends, none at the end.
std::string write_text(cmark_node* document, const TextStyle& style);

}  // namespace egarage::content
