#include "template/escaping.hpp"
#include "template/expression.hpp"
#include "template/tags.hpp"

namespace egarage::tmpl {

namespace {

class EmptyNode : public Node {
 public:
  void render(Renderer&) const override {}
};

std::unique_ptr<Node> parse_comment(Parser& parser, const Token&) {
  parser.skip_past("endcomment");
  return std::make_unique<EmptyNode>();
}

/// Shows its nodes as they are. The lexer has made one text of everything inside.
class VerbatimNode : public Node {
 public:
  explicit VerbatimNode(NodeList nodes) : nodes_(std::move(nodes)) {}
  void render(Renderer& renderer) const override { renderer.render(nodes_); }

 private:
  NodeList nodes_;
};

std::unique_ptr<Node> parse_verbatim(Parser& parser, const Token&) {
  return std::make_unique<VerbatimNode>(parser.parse_until({"endverbatim"}));
}

/// The first of several values that is true, printed, or kept under a name.
class FirstOfNode : public Node {
 public:
  FirstOfNode(std::vector<FilterExpression> values, std::string name, Position position)
      : values_(std::move(values)), name_(std::move(name)), position_(position) {}

  void render(Renderer& renderer) const override {
    renderer.at(position_);
    for (const auto& expression : values_) {
      const Value value = expression.resolve_or_none(renderer);
      if (!value.truthy()) continue;
      if (name_.empty()) {
        renderer.append_value(value);
      } else {
        renderer.assign(name_, printed(renderer, value));
      }
      return;
    }
    if (!name_.empty()) renderer.assign(name_, Value::empty_text());
  }

 private:
  static Value printed(const Renderer& renderer, const Value& value) {
    std::string text = value.is_text() ? std::string(value.text()) : renderer.text_of(value);
    if (renderer.escape() == Escape::none) return Value(std::move(text)).with_safety(value.is_safe());
    if (value.is_safe()) return Value::safe(std::move(text));
    return Value::safe(escaped(text, renderer.escape()));
  }

  std::vector<FilterExpression> values_;
  std::string name_;  ///< empty means print
  Position position_;
};

std::unique_ptr<Node> parse_firstof(Parser& parser, const Token& token) {
  auto words = split_words(token.content);
  words.erase(words.begin());
  if (words.empty()) parser.fail("'firstof' needs at least one value", "write {% firstof a b \"otherwise\" %}");
  std::string name;
  if (words.size() >= 2 && words[words.size() - 2] == "as") {
    name = words.back();
    words.resize(words.size() - 2);
  }
  std::vector<FilterExpression> values;
  for (const auto word : words) values.emplace_back(parser, word);
  if (!name.empty()) parser.bind(name);
  return std::make_unique<FirstOfNode>(std::move(values), std::move(name), token.position);
}

constexpr TagRow rows[] = {{"comment", parse_comment}, {"firstof", parse_firstof}, {"verbatim", parse_verbatim}};

}  // namespace

std::span<const TagRow> output_tags() { return rows; }

}  // namespace egarage::tmpl
