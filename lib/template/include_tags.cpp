#include <fmt/format.h>

#include <optional>

#include "template/assignments.hpp"
#include "template/compiled.hpp"
#include "template/other_template.hpp"
#include "template/tags.hpp"

namespace egarage::tmpl {

namespace {

enum class Sees { everything, only_assignments };

/// Renders another template in its place, with its own `cycle`s and blocks.
class IncludeNode : public Node {
 public:
  IncludeNode(FilterExpression key, std::vector<Assignment> assignments, Sees sees, Position position)
      : key_(std::move(key)), assignments_(std::move(assignments)), sees_(sees), position_(position) {}

  void render(Renderer& renderer) const override {
    const Compiled& other = other_template(renderer, "include", key_, position_).compiled();
    auto values = values_of(renderer, assignments_);
    renderer.at(position_);
    const std::size_t outer_frame = renderer.begin_frame();
    {
      std::optional<Isolation> isolation;
      if (sees_ == Sees::only_assignments) isolation.emplace(renderer);
      bind_all(renderer, assignments_, std::move(values));
      TemplateState state{&other, {}, nullptr};
      const TemplateCall call(renderer, other.name, state);
      renderer.render(other.nodes);
    }
    renderer.end_frame(outer_frame);
  }

 private:
  FilterExpression key_;
  std::vector<Assignment> assignments_;
  Sees sees_;
  Position position_;
};

std::unique_ptr<Node> parse_include(Parser& parser, const Token& token) {
  const std::string usage = "write {% include \"name\" %} or {% include \"name\" with a=b c=d only %}";
  const auto all = split_words(token.content);
  if (all.size() < 2) parser.fail("'include' needs the name of a template", usage);
  FilterExpression key(parser, all[1]);
  if (const auto name = key.literal_text()) parser.depend_on(*name);
  std::vector<Assignment> assignments;
  auto sees = Sees::everything;
  for (auto words = std::span(all).subspan(2); !words.empty();) {
    const std::string_view option = words.front();
    words = words.subspan(1);
    if (option == "with" && assignments.empty()) {
      assignments = take_assignments(parser, words);
      if (assignments.empty()) parser.fail("'with' needs at least one assignment", usage);
    } else if (option == "only" && sees == Sees::everything) {
      sees = Sees::only_assignments;
    } else if (option == "with" || option == "only") {
      parser.fail(fmt::format("'{}' stands twice in 'include'", option), usage);
    } else {
      parser.fail(fmt::format("'include' does not understand '{}'", option), usage);
    }
  }
  return std::make_unique<IncludeNode>(std::move(key), std::move(assignments), sees, token.position);
}

constexpr TagRow rows[] = {{"include", parse_include}};

}  // namespace

std::span<const TagRow> include_tags() { return rows; }

}  // namespace egarage::tmpl
