#include "template/parser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/nearest_name.hpp"
#include "template/expression.hpp"
#include "template/tags.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

class TextNode : public Node {
 public:
  explicit TextNode(std::string_view text) : text_(text) {}
  void render(Renderer& renderer) const override { renderer.append_literal(text_); }

 private:
  std::string_view text_;
};

class VariableNode : public Node {
 public:
  VariableNode(FilterExpression expression, Position position)
      : expression_(std::move(expression)), position_(position) {}
  void render(Renderer& renderer) const override {
    renderer.at(position_);
    renderer.append_value(expression_.resolve(renderer));
  }

 private:
  FilterExpression expression_;
  Position position_;
};

std::string list_of(std::span<const std::string_view> ends) {
  std::string list;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (i > 0) list += i + 1 == ends.size() ? " or " : ", ";
    list += fmt::format("{{% {} %}}", ends[i]);
  }
  return list;
}

}  // namespace

Parser::Parser(Compiled& made, const Limits& limits) : made_(made), tokens_(tokenize(made.text)), limits_(limits) {}

void Parser::run() {
  made_.nodes = parse_rest();
  made_.references = names_.take_references();
}

NodeList Parser::parse_rest() { return parse({}); }

NodeList Parser::parse_until(std::initializer_list<std::string_view> ends) {
  return parse({ends.begin(), ends.size()});
}

NodeList Parser::parse(std::span<const std::string_view> ends) {
  NodeList nodes;
  while (next_ < tokens_.size()) {
    const Token token = tokens_[next_++];
    position_ = token.position;
    if (token.kind != TokenKind::text) ++tags_;
    if (token.kind == TokenKind::text) {
      nodes.push_back(std::make_unique<TextNode>(token.content));
    } else if (token.kind == TokenKind::variable) {
      if (token.content.empty()) fail("an empty variable: there is nothing between '{{' and '}}'");
      nodes.push_back(std::make_unique<VariableNode>(FilterExpression(*this, token.content), token.position));
    } else {
      std::size_t end = 0;
      const std::string_view command = next_word(token.content, end);
      if (command.empty()) fail("an empty tag: there is nothing between '{%' and '%}'");
      if (std::ranges::find(ends, command) != ends.end()) {
        last_tag_ = token;
        return nodes;
      }
      parse_tag(nodes, token, command, ends);
    }
  }
  if (!ends.empty()) fail_unclosed(ends);
  return nodes;
}

void Parser::parse_tag(NodeList& nodes, const Token& token, std::string_view command,
                       std::span<const std::string_view> ends) {
  const TagRow* tag = find_tag(command);
  if (tag == nullptr && !hint_for_left_out_tag(command).empty()) {
    fail(fmt::format("unknown tag '{}'", command), std::string(hint_for_left_out_tag(command)));
  }
  if (tag == nullptr && !ends.empty()) {
    std::vector<std::string_view> known(ends.begin(), ends.end());
    known.insert(known.end(), tag_names().begin(), tag_names().end());
    fail(fmt::format("unexpected tag '{}', expected {}", command, list_of(ends)), hint_for(command, known));
  }
  if (tag == nullptr) fail(fmt::format("unknown tag '{}'", command), hint_for(command, tag_names()));
  if (open_tags_.size() >= limits_.depth) {
    fail(fmt::format("tags are nested deeper than {} levels", limits_.depth), "close a tag before opening the next");
  }
  open_tags_.push_back(token);
  nodes.push_back(tag->parse(*this, token));
  open_tags_.pop_back();
}

void Parser::skip_past(std::string_view end) {
  while (next_ < tokens_.size()) {
    const Token& token = tokens_[next_++];
    if (token.kind == TokenKind::block && token.content == end) return;
  }
  const std::string_view ends[] = {end};
  fail_unclosed(ends);
}

void Parser::fail_unclosed(std::span<const std::string_view> ends) const {
  const Token& open = open_tags_.back();
  std::size_t end = 0;
  throw TemplateError(made_.name, open.position.line, open.position.column,
                      fmt::format("the tag '{}' is never closed", next_word(open.content, end)),
                      fmt::format("add {}", list_of(ends)));
}

void Parser::bind(std::string_view name, Meaning meaning) {
  if (!names_.bind(name, std::move(meaning))) fail(too_many_names(), "set fewer names at once");
}

void Parser::depend_on(std::string_view name) {
  made_.dependencies.push_back({std::string(name), position_.line, position_.column});
}

void Parser::fail(std::string sentence, std::string hint) const {
  throw TemplateError(made_.name, position_.line, position_.column, std::move(sentence), std::move(hint));
}

std::string hint_for(std::string_view wrong, std::span<const std::string_view> known) {
  if (const auto nearest = core::nearest_name(wrong, known)) return fmt::format("did you mean '{}'?", *nearest);
  return fmt::format("known are: {}", fmt::join(known, ", "));
}

}  // namespace egarage::tmpl
