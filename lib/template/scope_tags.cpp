#include <algorithm>

#include "template/assignments.hpp"
#include "template/tags.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

class WithNode : public Node {
 public:
  WithNode(std::vector<Assignment> assignments, NodeList nodes)
      : assignments_(std::move(assignments)), nodes_(std::move(nodes)) {}

  void render(Renderer& renderer) const override {
    auto values = values_of(renderer, assignments_);
    const std::size_t outer_frame = renderer.begin_frame();
    bind_all(renderer, assignments_, std::move(values));
    renderer.render(nodes_);
    renderer.end_frame(outer_frame);
  }

 private:
  std::vector<Assignment> assignments_;
  NodeList nodes_;
};

std::vector<Assignment> parse_assignments(Parser& parser, std::span<const std::string_view> words) {
  const std::string usage = "write {% with name=value other=value %} or {% with value as name %}";
  auto assignments = take_assignments(parser, words);
  bool goes_on = assignments.empty();
  while (goes_on && words.size() >= 3 && words[1] == "as") {
    assignments.push_back({std::string(words[2]), FilterExpression(parser, words[0])});
    words = words.subspan(3);
    goes_on = !words.empty() && words.front() == "and";
    if (goes_on) words = words.subspan(1);
  }
  if (assignments.empty()) parser.fail("'with' needs at least one assignment", usage);
  if (!words.empty()) parser.fail("'with' does not understand '" + std::string(words.front()) + "'", usage);
  return assignments;
}

std::unique_ptr<Node> parse_with(Parser& parser, const Token& token) {
  const auto words = split_words(token.content);
  auto assignments = parse_assignments(parser, std::span(words).subspan(1));
  std::vector<Meaning> meanings;
  for (const auto& assignment : assignments) meanings.push_back(assignment.expression.meaning(parser));
  const NameScope scope(parser);
  for (std::size_t i = 0; i < meanings.size(); ++i) parser.bind(assignments[i].name, std::move(meanings[i]));
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
