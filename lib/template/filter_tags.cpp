#include <fmt/format.h>

#include <string>

#include "template/expression.hpp"
#include "template/tags.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

/// The name under which `{% filter %}` hands what its nodes make to its filters.
constexpr std::string_view filtered_name = "var";

class FilterNode : public Node {
 public:
  FilterNode(FilterExpression expression, NodeList nodes)
      : expression_(std::move(expression)), nodes_(std::move(nodes)) {}

  void render(Renderer& renderer) const override {
    Capture capture(renderer);
    renderer.render(nodes_);
    renderer.charge(capture.text().size());
    const std::size_t outer_frame = renderer.begin_frame();
    renderer.bind(filtered_name, Value::safe(std::string(capture.text())));
    const std::string text = renderer.str(expression_.resolve(renderer));
    renderer.end_frame(outer_frame);
    capture.replace(text);
  }

 private:
  FilterExpression expression_;
  NodeList nodes_;
};

std::unique_ptr<Node> parse_filter(Parser& parser, const Token& token) {
  std::size_t end = 0;
  next_word(token.content, end);
  const std::string_view filters = strip(token.content.substr(end));
  if (filters.empty()) parser.fail("'filter' needs at least one filter", "write {% filter upper %}");
  const NameScope scope(parser);
  parser.bind(filtered_name);
  FilterExpression expression(parser, fmt::format("{}|{}", filtered_name, filters));
  for (const std::string_view name : {"escape", "safe"}) {
    if (expression.has_filter(name)) {
      parser.fail(fmt::format("the filter '{}' cannot stand in 'filter'", name), "use {% autoescape %} instead");
    }
  }
  NodeList nodes = parser.parse_until({"endfilter"});
  return std::make_unique<FilterNode>(std::move(expression), std::move(nodes));
}

/// `text` without white space between `>` and `<`.
std::string without_space_between_tags(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    result += text[i++];
    if (result.back() != '>') continue;
    std::size_t behind = i;
    for (std::size_t next = i; next < text.size() && is_space(next_code_point(text, next));) behind = next;
    if (behind == text.size() || text[behind] != '<') result += text.substr(i, behind - i);
    i = behind;
  }
  return result;
}

class SpacelessNode : public Node {
 public:
  explicit SpacelessNode(NodeList nodes) : nodes_(std::move(nodes)) {}

  void render(Renderer& renderer) const override {
    Capture capture(renderer);
    renderer.render(nodes_);
    capture.replace(without_space_between_tags(strip(capture.text())));
  }

 private:
  NodeList nodes_;
};

std::unique_ptr<Node> parse_spaceless(Parser& parser, const Token&) {
  return std::make_unique<SpacelessNode>(parser.parse_until({"endspaceless"}));
}

constexpr TagRow rows[] = {{"filter", parse_filter}, {"spaceless", parse_spaceless}};

}  // namespace

std::span<const TagRow> filter_tags() { return rows; }

}  // namespace egarage::tmpl
