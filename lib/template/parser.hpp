#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "template/lexer.hpp"
#include "template/renderer.hpp"
#include "template/template.hpp"

namespace egarage::tmpl {

/// Turns tokens into nodes. A tag's parser calls `parse_until` for what stands between it and its end.
class Parser {
 public:
  Parser(const std::string& name, std::vector<Token> tokens, const Limits& limits);

  NodeList parse_all();
  /// Nodes up to a tag whose first word is one of `ends`. That tag is consumed and is `last_tag()` then.
  NodeList parse_until(std::initializer_list<std::string_view> ends);
  /// Drops everything up to the tag that is exactly `end`.
  void skip_past(std::string_view end);
  /// The tag that ended the latest `parse_until`.
  const Token& last_tag() const { return last_tag_; }

  const Limits& limits() const { return limits_; }
  /// The tag or variable being parsed: where errors are reported.
  Position position() const { return position_; }
  [[noreturn]] void fail(std::string sentence, std::string hint = {}) const;

 private:
  NodeList parse(std::span<const std::string_view> ends);
  void parse_tag(NodeList& nodes, const Token& token, std::string_view command, std::span<const std::string_view> ends);
  [[noreturn]] void fail_unclosed(std::span<const std::string_view> ends) const;

  const std::string& name_;
  std::vector<Token> tokens_;
  const Limits& limits_;
  std::size_t next_ = 0;
  std::vector<Token> open_tags_;
  Token last_tag_{};
  Position position_;
};

/// `did you mean 'upper'?`, or what is known when nothing comes near.
std::string hint_for(std::string_view wrong, std::span<const std::string_view> known);

}  // namespace egarage::tmpl
