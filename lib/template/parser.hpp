#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "template/compiled.hpp"
#include "template/lexer.hpp"
#include "template/names.hpp"
#include "template/renderer.hpp"
#include "template/template.hpp"

namespace egarage::tmpl {

/// Turns tokens into nodes. A tag's parser calls `parse_until` for what stands between it and its end.
class Parser {
 public:
  /// Fills in what can be made of `made.text`.
  Parser(Compiled& made, const Limits& limits);
  void run();

  /// Nodes up to the end of the template.
  NodeList parse_rest();
  /// Nodes up to a tag whose first word is one of `ends`. That tag is consumed and is `last_tag()` then.
  NodeList parse_until(std::initializer_list<std::string_view> ends);
  /// Drops everything up to the tag that is exactly `end`.
  void skip_past(std::string_view end);
  /// The tag that ended the latest `parse_until`.
  const Token& last_tag() const { return last_tag_; }

  const Limits& limits() const { return limits_; }
  /// What the tags of this template share.
  Compiled& made() { return made_; }
  std::unordered_map<std::string_view, const Node*>& named_cycles() { return named_cycles_; }
  NameScopes& names() { return names_; }
  void bind(std::string_view name, Meaning meaning = Meaning::unknown());
  /// Notes that the template names another one here.
  void depend_on(std::string_view name);
  /// Whether only text stands before the tag being parsed.
  bool is_first_tag() const { return tags_ == 1; }
  /// The tag or variable being parsed: where errors are reported.
  Position position() const { return position_; }
  [[noreturn]] void fail(std::string sentence, std::string hint = {}) const;

 private:
  NodeList parse(std::span<const std::string_view> ends);
  void parse_tag(NodeList& nodes, const Token& token, std::string_view command, std::span<const std::string_view> ends);
  [[noreturn]] void fail_unclosed(std::span<const std::string_view> ends) const;

  Compiled& made_;
  std::vector<Token> tokens_;
  const Limits& limits_;
  NameScopes names_;
  std::unordered_map<std::string_view, const Node*> named_cycles_;
  std::size_t tags_ = 0;
  std::size_t next_ = 0;
  std::vector<Token> open_tags_;
  Token last_tag_{};
  Position position_;
};

/// Names that tags bind while it lives.
class NameScope {
 public:
  explicit NameScope(Parser& parser) : names_(parser.names()), before_(names_.enter()) {}
  ~NameScope() { names_.leave(before_); }
  NameScope(const NameScope&) = delete;
  NameScope& operator=(const NameScope&) = delete;

 private:
  NameScopes& names_;
  std::size_t before_;
};

/// `did you mean 'upper'?`, or what is known when nothing comes near.
std::string hint_for(std::string_view wrong, std::span<const std::string_view> known);

}  // namespace egarage::tmpl
