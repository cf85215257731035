#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace egarage::tmpl {

/// Where something stands in a template: line and column from 1, columns in code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

enum class TokenKind { text, variable, block };

/// A piece of a template. `content` of a variable or block is what stands between the braces, without blanks at the
/// ends.
struct Token {
  TokenKind kind;
  std::string_view content;
  Position position;  ///< of its first character (the brace)
};

/// Cuts a template as Django's lexer does: tags do not span lines, an unclosed one is text, `{# #}` vanishes, and
/// nothing is a tag inside `{% verbatim %}`. The tokens point into `text`. Linear in its size.
std::vector<Token> tokenize(std::string_view text);

/// The words of a tag, `{% if a|default:"x y" %}` → `if`, `a|default:"x y"`: quoted strings stay in one word.
std::vector<std::string_view> split_words(std::string_view content);

}  // namespace egarage::tmpl
