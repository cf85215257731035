#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "content/colour.hpp"

namespace egarage::content {

/// Gives cmark's HTML its looks by `style` attributes: mail programs drop style sheets too often to rely on one. What
/// Outlook's word processor cannot draw on its element is drawn on a table: a block quote becomes a box for the facts
/// of a message, a paragraph that is nothing but one link becomes a button. Only for cmark's safe output, where a `<`
/// always begins a tag or a comment. Made once per brand.
class InlineStyles {
 public:
  explicit InlineStyles(const Palette& palette);
  std::string apply(std::string_view html) const;

 private:
  struct Row {
    std::string_view tag;  ///< as cmark writes it; with its `>` it is replaced, without it gets an attribute
    std::string text;      ///< the replacement, or what the tag is followed by
  };
  const Row* row_for(std::string_view html) const;

  std::vector<Row> rows_;
  std::string button_begin_, button_end_;
};

}  // namespace egarage::content
