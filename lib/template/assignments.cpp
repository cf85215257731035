#include "template/assignments.hpp"

#include "template/parser.hpp"
#include "template/renderer.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

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

}  // namespace

std::vector<Assignment> take_assignments(Parser& parser, std::span<const std::string_view>& words) {
  std::vector<Assignment> assignments;
  for (; !words.empty(); words = words.subspan(1)) {
    const std::string_view word = words.front();
    const std::size_t equals = equals_sign(word);
    if (equals == 0) break;
    assignments.push_back({std::string(word.substr(0, equals)), FilterExpression(parser, word.substr(equals + 1))});
  }
  return assignments;
}

std::vector<Value> values_of(Renderer& renderer, const std::vector<Assignment>& assignments) {
  std::vector<Value> values;
  values.reserve(assignments.size());
  for (const auto& assignment : assignments) values.push_back(assignment.expression.resolve(renderer));
  return values;
}

void bind_all(Renderer& renderer, const std::vector<Assignment>& assignments, std::vector<Value> values) {
  for (std::size_t i = 0; i < values.size(); ++i) renderer.bind(assignments[i].name, std::move(values[i]));
}

}  // namespace egarage::tmpl
