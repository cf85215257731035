#include <algorithm>

#include "template/expression.hpp"
#include "template/tags.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

struct Assignment {
  std::string name;
  FilterExpression expression;
};

class WithNode : public Node {
 public:
  WithNode(std::vector<Assignment> assignments, NodeList nodes)
      : assignments_(std::move(assignments)), nodes_(std::move(nodes)) {}

  void render(Renderer& renderer) const override {
    std::vector<Value> values;
    for (const auto& assignment : assignments_) values.push_back(assignment.expression.resolve(renderer));
    const std::size_t outer_frame = renderer.begin_frame();
    for (std::size_t i = 0; i < values.size(); ++i) renderer.bind(assignments_[i].name, std::move(values[i]));
    renderer.render(nodes_);
    renderer.end_frame(outer_frame);
  }

 private:
  std::vector<Assignment> assignments_;
  NodeList nodes_;
};

/// `name=value` → the offset of "=", 0 when the word is not of that form.
std::size_t equals_sign(std::string_view word) {
  std::size_t position = 0;
  while (position < word.size()) {
    const std::size_t here = position;
    const char32_t c = next_code_point(word, position);
    if (c == '=') return here + 1 < word.size() ? here : 0;
    if (!is_word(c)) return 0;
  }
  return 0;
}

std::vector<Assignment> parse_assignments(Parser& parser, std::span<const std::string_view> words) {
  std::vector<Assignment> assignments;
  const std::string usage = "write {% with name=value other=value %} or {% with value as name %}";
  const bool legacy = words.size() >= 3 && words[1] == "as" && equals_sign(words[0]) == 0;
  std::size_t i = 0;
  while (legacy && i + 2 < words.size() && words[i + 1] == "as") {
    assignments.push_back({std::string(words[i + 2]), FilterExpression(parser, words[i])});
    i += 3;
    if (i < words.size() && words[i] == "and")
      ++i;
    else
      break;
  }
  while (!legacy && i < words.size() && equals_sign(words[i]) != 0) {
    const std::size_t equals = equals_sign(words[i]);
    assignments.push_back(
        {std::string(words[i].substr(0, equals)), FilterExpression(parser, words[i].substr(equals + 1))});
    ++i;
  }
  if (assignments.empty()) parser.fail("'with' needs at least one assignment", usage);
  if (i < words.size()) parser.fail("'with' does not understand '" + std::string(words[i]) + "'", usage);
  return assignments;
}

std::unique_ptr<Node> parse_with(Parser& parser, const Token& token) {
  const auto words = split_words(token.content);
  auto assignments = parse_assignments(parser, std::span(words).subspan(1));
  return std::make_unique<WithNode>(std::move(assignments), parser.parse_until({"endwith"}));
}

class AutoescapeNode : public Node {
 public:
  enum class Setting { on, off };
  AutoescapeNode(Setting setting, NodeList nodes) : setting_(setting), nodes_(std::move(nodes)) {}

  void render(Renderer& renderer) const override {
    const EscapeScope scope(renderer, setting_ == Setting::on ? renderer.escape_when_on() : Escape::none);
    renderer.render(nodes_);
  }

 private:
  Setting setting_;
  NodeList nodes_;
};

std::unique_ptr<Node> parse_autoescape(Parser& parser, const Token& token) {
  std::size_t position = 0;
  next_word(token.content, position);
  const auto setting = next_word(token.content, position);
  if ((setting != "on" && setting != "off") || !next_word(token.content, position).empty()) {
    parser.fail("'autoescape' needs 'on' or 'off'", "write {% autoescape off %}");
  }
  auto nodes = parser.parse_until({"endautoescape"});
  const auto value = setting == "on" ? AutoescapeNode::Setting::on : AutoescapeNode::Setting::off;
  return std::make_unique<AutoescapeNode>(value, std::move(nodes));
}

constexpr TagRow rows[] = {{"autoescape", parse_autoescape}, {"with", parse_with}};

}  // namespace

std::span<const TagRow> scope_tags() { return rows; }

}  // namespace egarage::tmpl
