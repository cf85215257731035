#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "template/value.hpp"

namespace egarage::tmpl {

class Parser;
class Renderer;

/// The expression of `{% if %}`: `or`, `and`, `not`, `in`, `not in`, `is`, `is not`, comparisons, with Python's
/// precedence. What Python could not compare is false.
class Condition {
 public:
  virtual ~Condition() = default;
  /// As in Python, `a or b` is one of its operands, not a boolean.
  virtual Value evaluate(Renderer& renderer) const = 0;
};

/// Compiles the words behind `if` or `elif`. Throws TemplateError.
std::unique_ptr<Condition> parse_condition(Parser& parser, std::span<const std::string_view> words);

}  // namespace egarage::tmpl
