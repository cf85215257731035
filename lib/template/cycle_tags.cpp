#include <fmt/format.h>

#include <algorithm>

#include "template/expression.hpp"
#include "template/python.hpp"
#include "template/tags.hpp"

namespace egarage::tmpl {

namespace {

enum class Shows { value, nothing };

/// Shows one of its values after the other, from the first again in each rendering of its template.
class CycleNode : public Node {
 public:
  CycleNode(std::vector<FilterExpression> values, std::string name, Shows shows, Position position)
      : values_(std::move(values)), name_(std::move(name)), shows_(shows), position_(position) {}

  void render(Renderer& renderer) const override {
    renderer.at(position_);
    auto& next = renderer.state().nodes[this].next;
    const auto& expression = values_[next];
    next = (next + 1) % values_.size();
    const Value value = expression.resolve(renderer);
    if (!name_.empty()) renderer.assign_upward(name_, lasting(renderer, value));
    if (shows_ == Shows::value) renderer.append_value(value);
  }

 private:
  /// The name may outlive the loop or block that such a value belongs to.
  static Value lasting(const Renderer& renderer, const Value& value) {
    if (value.loop() == nullptr && value.block() == nullptr) return value;
    return Value(renderer.text_of(value));
  }

  std::vector<FilterExpression> values_;
  std::string name_;  ///< may be empty
  Shows shows_;
  Position position_;
};

/// `{% cycle name %}`: the next value of a cycle that was named before.
class CycleAgainNode : public Node {
 public:
  explicit CycleAgainNode(const Node& cycle) : cycle_(cycle) {}
  void render(Renderer& renderer) const override { cycle_.render(renderer); }

 private:
  const Node& cycle_;
};

std::unique_ptr<Node> parse_cycle(Parser& parser, const Token& token) {
  const std::string usage = "write {% cycle \"odd\" \"even\" %} or {% cycle a b as name silent %}";
  auto words = split_words(token.content);
  words.erase(words.begin());
  if (words.empty()) parser.fail("'cycle' needs values", usage);
  if (words.size() == 1) {
    const auto named = parser.named_cycles().find(words.front());
    if (named == parser.named_cycles().end()) {
      parser.fail(fmt::format("no cycle before this one has the name '{}'", words.front()), usage);
    }
    return std::make_unique<CycleAgainNode>(*named->second);
  }
  std::string_view name;
  auto shows = Shows::value;
  if (words.size() > 3) {
    if (words[words.size() - 3] == "as") {
      if (words.back() != "silent") {
        parser.fail(fmt::format("behind the name of a cycle only 'silent' may stand, not '{}'", words.back()), usage);
      }
      shows = Shows::nothing;
      words.pop_back();
    }
    if (words[words.size() - 2] == "as") {
      name = words.back();
      words.resize(words.size() - 2);
    }
  }
  std::vector<FilterExpression> values;
  values.reserve(words.size());
  for (const auto word : words) values.emplace_back(parser, word);
  auto node = std::make_unique<CycleNode>(std::move(values), std::string(name), shows, token.position);
  if (!name.empty()) {
    parser.named_cycles()[name] = node.get();
    parser.bind(name);
  }
  return node;
}

/// Renders its nodes when its values, or what the nodes make, differ from the last time in this run of the loop.
class IfChangedNode : public Node {
 public:
  IfChangedNode(std::vector<FilterExpression> values, NodeList nodes, NodeList otherwise, Position position)
      : values_(std::move(values)), nodes_(std::move(nodes)), otherwise_(std::move(otherwise)), position_(position) {}

  void render(Renderer& renderer) const override {
    if (values_.empty()) return render_by_text(renderer);
    std::vector<Value> now;
    now.reserve(values_.size());
    renderer.at(position_);
    for (const auto& expression : values_) {
      now.push_back(expression.resolve_or_none(renderer));
      renderer.charge(now.back().weight());
    }
    const bool changed = remember(renderer, std::move(now));
    renderer.render(changed ? nodes_ : otherwise_);
  }

 private:
  void render_by_text(Renderer& renderer) const {
    Capture capture(renderer);
    renderer.render(nodes_);
    renderer.charge(capture.text().size());
    const bool was_empty = capture.text().empty();
    const bool changed = remember(renderer, {Value(std::string(capture.text()))});
    if (changed && !was_empty) return capture.keep();
    capture.drop();
    renderer.render(changed ? nodes_ : otherwise_);  // an empty text is made twice, as Django does
  }

  /// Whether the values differ from those of the last time, which they replace.
  bool remember(Renderer& renderer, std::vector<Value> now) const {
    auto& last = states(renderer)[this].last;
    const auto same = [&renderer](const Value& a, const Value& b) {
      return equal(a, b, renderer.options().limits.depth);
    };
    if (last && std::ranges::equal(*last, now, same)) return false;
    last = std::move(now);
    return true;
  }

  static NodeStates& states(Renderer& renderer) {
    static const std::string loop_name = "forloop";
    const auto forloop = renderer.find(loop_name);
    const LoopState* loop = forloop ? forloop->loop() : nullptr;
    if (loop == nullptr) return renderer.state().nodes;
    if (loop->nodes == nullptr) loop->nodes = std::make_unique<NodeStates>();
    return *loop->nodes;
  }

  std::vector<FilterExpression> values_;  ///< none: what the nodes make counts
  NodeList nodes_, otherwise_;
  Position position_;
};

std::unique_ptr<Node> parse_ifchanged(Parser& parser, const Token& token) {
  const auto words = split_words(token.content);
  std::vector<FilterExpression> values;
  for (const auto word : std::span(words).subspan(1)) values.emplace_back(parser, word);
  NodeList nodes = parser.parse_until({"else", "endifchanged"});
  NodeList otherwise;
  if (parser.last_tag().content == "else") otherwise = parser.parse_until({"endifchanged"});
  return std::make_unique<IfChangedNode>(std::move(values), std::move(nodes), std::move(otherwise), token.position);
}

constexpr TagRow rows[] = {{"cycle", parse_cycle}, {"ifchanged", parse_ifchanged}};

}  // namespace

std::span<const TagRow> cycle_tags() { return rows; }

}  // namespace egarage::tmpl
