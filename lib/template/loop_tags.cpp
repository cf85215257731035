#include <fmt/format.h>

#include <algorithm>

#include "template/expression.hpp"
#include "template/tags.hpp"

namespace egarage::tmpl {

namespace {

enum class Direction { forward, reversed };

class ForNode : public Node {
 public:
  ForNode(std::vector<std::string> names, FilterExpression sequence, Direction direction, Position position)
      : names_(std::move(names)), sequence_(std::move(sequence)), direction_(direction), position_(position) {}

  void set_nodes(NodeList body, NodeList empty) {
    body_ = std::move(body);
    empty_ = std::move(empty);
  }

  void render(Renderer& renderer) const override {
    renderer.at(position_);
    const Value sequence = sequence_.resolve_or_none(renderer);
    const auto items = items_of_sequence(renderer, sequence);
    const std::size_t outer_frame = renderer.begin_frame();
    if (items.empty()) {
      renderer.render(empty_);
      renderer.end_frame(outer_frame);
      return;
    }
    LoopState state{0, items.size(), renderer.find("forloop")};
    renderer.bind("forloop", Value(&state));
    const std::size_t first_name = renderer.scope();
    for (const auto& name : names_) renderer.bind(name, Value());
    for (std::size_t i = 0; i < items.size(); ++i) {
      state.index = i;
      renderer.charge();
      bind_item(renderer, first_name, items[direction_ == Direction::reversed ? items.size() - 1 - i : i]);
      renderer.render(body_);
      if (names_.size() > 1) renderer.leave(first_name + names_.size());
    }
    renderer.end_frame(outer_frame);
  }

 private:
  std::vector<Value> items_of_sequence(Renderer& renderer, const Value& sequence) const {
    if (sequence.is_none()) return {};
    auto items = renderer.iterate(sequence);
    if (!items) renderer.fail("'for' can only go over a list, an object or a text", "check the value behind 'in'");
    if (direction_ == Direction::reversed && sequence.loop() != nullptr) renderer.fail("this value cannot be reversed");
    return std::move(*items);
  }

  void bind_item(Renderer& renderer, std::size_t first_name, const Value& item) const {
    if (names_.size() == 1) {
      renderer.rebind(first_name, item);
      return;
    }
    const std::size_t length = item.length().value_or(1);
    if (length != names_.size()) {
      renderer.at(position_);
      renderer.fail(fmt::format("'for' needs {} values to unpack, the item has {}", names_.size(), length),
                    "an object gives its pairs with .items");
    }
    auto parts = item.iterate();
    if (!parts) renderer.fail("the item of 'for' cannot be unpacked");
    for (std::size_t i = 0; i < names_.size(); ++i) renderer.rebind(first_name + i, std::move((*parts)[i]));
  }

  std::vector<std::string> names_;
  FilterExpression sequence_;
  Direction direction_;
  Position position_;
  NodeList body_, empty_;
};

/// `k , v` as words → {"k", "v"}; empty when a name is missing or cannot be one.
std::vector<std::string> loop_names(std::span<const std::string_view> words) {
  std::string joined = fmt::format("{}", fmt::join(words, " "));
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= joined.size();) {
    const std::size_t end = std::min(joined.find(',', begin), joined.size());
    std::string_view name = std::string_view(joined).substr(begin, end - begin);
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    name.remove_suffix(name.size() - std::min(name.find_last_not_of(' ') + 1, name.size()));
    if (name.empty() || name.find_first_of(" \"'|") != std::string_view::npos) return {};
    names.emplace_back(name);
    begin = end + 1;
  }
  return names;
}

/// What the names of a loop over `list` mean inside it. Of the pairs of an object the first is a key.
void bind_names(Parser& parser, const std::vector<std::string>& names, const Meaning& list) {
  constexpr std::string_view pairs = ".items";
  if (names.size() == 1) return parser.bind(names.front(), list.member("*"));
  const bool is_pairs = names.size() == 2 && list.path().ends_with(pairs);
  for (const auto& name : names) {
    if (!is_pairs) {
      parser.bind(name, list.member("*").member("*"));
    } else if (&name == &names.front()) {
      parser.bind(name);
    } else {
      parser.bind(name, Meaning::path(list.path().substr(0, list.path().size() - pairs.size())).member("*"));
    }
  }
}

std::unique_ptr<Node> parse_for(Parser& parser, const Token& token) {
  const auto words = split_words(token.content);
  const std::string usage = "write {% for item in list %} or {% for key, value in object.items %}";
  if (words.size() < 4) parser.fail("'for' is incomplete", usage);
  const bool is_reversed = words.back() == "reversed";
  const std::size_t in = words.size() - (is_reversed ? 3 : 2);
  if (words[in] != "in") parser.fail("'for' has no 'in' before its list", usage);
  auto names = loop_names(std::span(words).subspan(1, in - 1));
  if (names.empty()) parser.fail("'for' has an invalid variable name", usage);
  FilterExpression sequence(parser, words[in + 1]);
  const Meaning list = sequence.meaning(parser);
  NodeList body;
  {
    const NameScope scope(parser);
    bind_names(parser, names, list);
    body = parser.parse_until({"empty", "endfor"});
  }
  auto node = std::make_unique<ForNode>(std::move(names), std::move(sequence),
                                        is_reversed ? Direction::reversed : Direction::forward, token.position);
  NodeList empty;
  if (parser.last_tag().content == "empty") empty = parser.parse_until({"endfor"});
  node->set_nodes(std::move(body), std::move(empty));
  return node;
}

constexpr TagRow rows[] = {{"for", parse_for}};

}  // namespace

std::span<const TagRow> loop_tags() { return rows; }

}  // namespace egarage::tmpl
