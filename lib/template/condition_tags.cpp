#include <optional>

#include "template/condition.hpp"
#include "template/tags.hpp"

namespace egarage::tmpl {

namespace {

class IfNode : public Node {
 public:
  struct Branch {
    std::unique_ptr<Condition> condition;  ///< null for `else`
    NodeList nodes;
    Position position;
  };
  explicit IfNode(std::vector<Branch> branches) : branches_(std::move(branches)) {}

  void render(Renderer& renderer) const override {
    for (const auto& branch : branches_) {
      renderer.charge();
      if (branch.condition == nullptr || holds(renderer, branch)) {
        renderer.render(branch.nodes);
        return;
      }
    }
  }

 private:
  static bool holds(Renderer& renderer, const Branch& branch) {
    renderer.at(branch.position);
    try {
      return branch.condition->evaluate(renderer).truthy();
    } catch (const MissingArgument&) {
      return false;
    }
  }

  std::vector<Branch> branches_;
};

std::unique_ptr<Condition> condition_of(Parser& parser, const Token& token) {
  const auto words = split_words(token.content);
  return parse_condition(parser, std::span(words).subspan(1));
}

std::unique_ptr<Node> parse_if(Parser& parser, const Token& token) {
  std::vector<IfNode::Branch> branches;
  auto condition = condition_of(parser, token);
  auto position = token.position;
  auto nodes = parser.parse_until({"elif", "else", "endif"});
  branches.push_back({std::move(condition), std::move(nodes), position});
  while (split_words(parser.last_tag().content).front() == "elif") {
    position = parser.last_tag().position;
    condition = condition_of(parser, parser.last_tag());
    nodes = parser.parse_until({"elif", "else", "endif"});
    branches.push_back({std::move(condition), std::move(nodes), position});
  }
  if (parser.last_tag().content == "else") {
    position = parser.last_tag().position;
    branches.push_back({nullptr, parser.parse_until({"endif"}), position});
  }
  if (parser.last_tag().content != "endif") {
    parser.fail("the tag '" + std::string(parser.last_tag().content) + "' is malformed",
                "nothing may follow 'else' and 'endif'");
  }
  return std::make_unique<IfNode>(std::move(branches));
}

constexpr TagRow rows[] = {{"if", parse_if}};

}  // namespace

std::span<const TagRow> condition_tags() { return rows; }

}  // namespace egarage::tmpl
