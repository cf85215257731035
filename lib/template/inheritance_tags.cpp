#include <fmt/format.h>

#include <algorithm>

#include "template/blocks.hpp"
#include "template/expression.hpp"
#include "template/other_template.hpp"
#include "template/tags.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

/// Shows the nearest block of this name, each with the next one behind it as its `block.super`.
void render_block(Renderer& renderer, const Block& own, BlockContext* context) {
  const Block* nearest = context != nullptr ? context->next(own.name) : nullptr;
  const Block& block = nearest != nullptr ? *nearest : own;
  std::optional<BlockContext::Mark> mark;
  if (context != nullptr) mark.emplace(*context, own.name);
  const TemplateCall call(renderer, *block.file);
  const BlockState state(block, context);
  const std::size_t outer_frame = renderer.begin_frame();
  renderer.bind("block", Value(&state));
  renderer.render(block.nodes);
  renderer.end_frame(outer_frame);
}

class BlockNode : public Node {
 public:
  BlockNode(std::string_view name, const std::string& file) : block_{name, &file, {}} {}
  Block& block() { return block_; }

  void render(Renderer& renderer) const override { render_block(renderer, block_, renderer.state().blocks); }

 private:
  Block block_;
};

/// Renders the template that this one extends, with the blocks of this one. Holds everything behind the tag, of which
/// nothing but the blocks is ever shown.
class ExtendsNode : public Node {
 public:
  ExtendsNode(FilterExpression key, NodeList rest, Position position)
      : key_(std::move(key)), rest_(std::move(rest)), position_(position) {}

  void render(Renderer& renderer) const override {
    const Compiled& base = other_template(renderer, "extends", key_, position_).compiled();
    TemplateState& state = renderer.state();
    BlockContext own;
    if (state.blocks == nullptr) {
      own.add(state.compiled->blocks);
      state.blocks = &own;
    }
    state.blocks->add(base.blocks);
    {
      const TemplateCall call(renderer, base.name);
      renderer.render(base.nodes);
    }
    if (state.blocks == &own) state.blocks = nullptr;
  }

 private:
  FilterExpression key_;
  NodeList rest_;
  Position position_;
};

std::unique_ptr<Node> parse_extends(Parser& parser, const Token& token) {
  if (!parser.is_first_tag()) {
    parser.fail("'extends' must be the first tag of the template", "move it to the first line");
  }
  const auto words = split_words(token.content);
  if (words.size() != 2) parser.fail("'extends' needs the name of one template", "write {% extends \"name\" %}");
  FilterExpression key(parser, words[1]);
  if (const auto name = key.literal_text()) parser.depend_on(*name);
  return std::make_unique<ExtendsNode>(std::move(key), parser.parse_rest(), token.position);
}

std::unique_ptr<Node> parse_block(Parser& parser, const Token& token) {
  std::size_t end = 0;
  next_word(token.content, end);
  const std::string_view name = next_word(token.content, end);
  if (name.empty() || !next_word(token.content, end).empty()) {
    parser.fail("'block' needs one name", "write {% block name %}");
  }
  auto node = std::make_unique<BlockNode>(name, parser.made().name);
  if (!parser.made().blocks.emplace(name, &node->block()).second) {
    parser.fail(fmt::format("the block '{}' stands twice in this template", name), "give each block a name of its own");
  }
  {
    const NameScope scope(parser);
    parser.bind("block");
    node->block().nodes = parser.parse_until({"endblock"});
  }
  const std::string_view closing = parser.last_tag().content;
  if (closing != "endblock" && closing != fmt::format("endblock {}", name)) {
    parser.fail(fmt::format("'{}' does not close the block '{}'", closing, name),
                fmt::format("write {{% endblock %}} or {{% endblock {} %}}", name));
  }
  return node;
}

constexpr TagRow rows[] = {{"block", parse_block}, {"extends", parse_extends}};

}  // namespace

std::span<const TagRow> inheritance_tags() { return rows; }

BlockContext::Found BlockContext::find(std::string_view name) const {
  const auto latest = std::find_if(active_.rbegin(), active_.rend(), [&](const Active& a) { return a.name == name; });
  for (std::size_t level = latest != active_.rend() ? latest->level + 1 : 0; level < levels_.size(); ++level) {
    if (const auto found = levels_[level]->find(name); found != levels_[level]->end()) return {found->second, level};
  }
  return {nullptr, levels_.size()};
}

BlockContext::Mark::Mark(BlockContext& context, std::string_view name)
    : context_(context), before_(context.active_.size()) {
  const Found found = context.find(name);
  if (found.block != nullptr) context.active_.push_back({name, found.level});
}

std::optional<Value> BlockState::member(Renderer& renderer, std::string_view name) const {
  if (name == "name") return Value::borrowed(block_.name);
  if (name != "super") return std::nullopt;
  if (context_ == nullptr) {
    renderer.fail("'block.super' stands in a template that extends no other",
                  "only a block that replaces another one has something above it");
  }
  // An included template has blocks of its own, and sees none of those around it.
  if (renderer.state().blocks != context_ || context_->next(block_.name) == nullptr) return Value::empty_text();
  Capture capture(renderer);
  render_block(renderer, block_, context_);
  return Value::safe(capture.take());
}

}  // namespace egarage::tmpl
