#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "template/expression.hpp"

namespace egarage::tmpl {

/// `name=value` of a tag.
struct Assignment {
  std::string name;
  FilterExpression expression;
};

/// Reads the assignments that `words` begin with and takes them away.
std::vector<Assignment> take_assignments(Parser& parser, std::span<const std::string_view>& words);

/// Their values, all taken before any of the names is set.
std::vector<Value> values_of(Renderer& renderer, const std::vector<Assignment>& assignments);
void bind_all(Renderer& renderer, const std::vector<Assignment>& assignments, std::vector<Value> values);

}  // namespace egarage::tmpl
