#include <fmt/format.h>

#include "template/expression.hpp"
#include "template/python.hpp"
#include "template/tags.hpp"

namespace egarage::tmpl {

namespace {

/// Puts neighbours that agree in something into one group: an item with `grouper` and `list`.
class RegroupNode : public Node {
 public:
  RegroupNode(FilterExpression list, FilterExpression grouper, std::string_view name, Position position)
      : list_(std::move(list)), grouper_(std::move(grouper)), name_(name), position_(position) {}

  void render(Renderer& renderer) const override {
    renderer.at(position_);
    const Value list = list_.resolve_or_none(renderer);
    std::vector<Value> groups;
    if (!list.is_none()) {
      auto items = renderer.iterate(list);
      renderer.at(position_);
      if (!items) renderer.fail("'regroup' can only go over a list, an object or a text", "check its first argument");
      groups = grouped(renderer, std::move(*items));
    }
    renderer.assign(name_, Value::sequence(SequenceKind::list, std::move(groups)));
  }

 private:
  std::vector<Value> grouped(Renderer& renderer, std::vector<Value> items) const {
    std::vector<Value> groups;
    Value grouper;
    std::vector<Value> members;
    const auto close_group = [&] {
      if (members.empty()) return;
      Value all = Value::sequence(SequenceKind::list, std::move(members));
      groups.push_back(Value::sequence(SequenceKind::group, {grouper, std::move(all)}));
      members.clear();
    };
    for (auto& item : items) {
      renderer.assign(name_, item);  // under this name the expression finds it
      Value found = grouper_.resolve_or_none(renderer);
      renderer.charge(found.weight());
      if (members.empty() || !equal(found, grouper, renderer.options().limits.depth)) {
        close_group();
        grouper = std::move(found);
      }
      members.push_back(std::move(item));
    }
    close_group();
    return groups;
  }

  FilterExpression list_, grouper_;
  std::string_view name_;
  Position position_;
};

std::unique_ptr<Node> parse_regroup(Parser& parser, const Token& token) {
  const auto words = split_words(token.content);
  if (words.size() != 6 || words[2] != "by" || words[4] != "as") {
    parser.fail("'regroup' is incomplete", "write {% regroup list by member as groups %}");
  }
  FilterExpression list(parser, words[1]);
  const Meaning items = list.meaning(parser);
  const std::string_view name = words[5];
  const auto [grouper, by] = [&] {
    const NameScope scope(parser);
    parser.bind(name, items.member("*"));
    FilterExpression expression(parser, fmt::format("{}.{}", name, words[3]));
    Meaning meaning = expression.meaning(parser);
    return std::pair(std::move(expression), std::move(meaning));
  }();
  parser.bind(name, Meaning::groups(items, by));
  return std::make_unique<RegroupNode>(std::move(list), grouper, name, token.position);
}

constexpr TagRow rows[] = {{"regroup", parse_regroup}};

}  // namespace

std::span<const TagRow> regroup_tags() { return rows; }

}  // namespace egarage::tmpl
