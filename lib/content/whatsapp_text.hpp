#pragma once

#include <string>
#include <string_view>

namespace egarage::content {

/// A Markdown message in WhatsApp's own markup: `*bold*`, `_italic_`, `` `code` ``, lists with dashes or numbers, `> `
/// quotes, headings in bold, links as `words: https://…` or the bare address, an empty line between blocks.
/// (Source: faq.whatsapp.com, "How to format your messages".)
///
/// WhatsApp has no escape character. A `*`, `_`, `~` or backtick that came from a value stays as it is where it cannot
/// mark anything (`ana_soto@…`, `5 * 3`); where it could, a look-alike takes its place, and in an address its
/// percent-encoding. Emphasis that WhatsApp would not recognise (inside a word) is left out instead of showing bare
/// asterisks. LF line ends, none at the end, no blanks before them. Empty for a message without words.
std::string whatsapp_text(std::string_view markdown);

}  // namespace egarage::content
