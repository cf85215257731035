#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "template/lexer.hpp"
#include "template/names.hpp"
#include "template/value.hpp"

namespace egarage::tmpl {

class Parser;
class Renderer;
struct FilterRow;

/// A literal, or a variable as the names on its path: `cliente.nombre` → {"cliente", "nombre"}.
class Operand {
 public:
  explicit Operand(Value literal) : content_(std::move(literal)) {}
  explicit Operand(std::vector<std::string> path) : content_(std::move(path)) {}
  /// Empty when the variable, or something on its path, does not exist.
  std::optional<Value> find(Renderer& renderer) const;
  std::string shown() const;  ///< for error messages
  /// Null for a literal.
  const std::vector<std::string>* path() const { return std::get_if<std::vector<std::string>>(&content_); }
  /// Null for a variable.
  const Value* literal() const { return std::get_if<Value>(&content_); }

 private:
  std::variant<Value, std::vector<std::string>> content_;
};

/// An operand and the filters behind it: `datos.total|floatformat:0|default:"-"`.
class FilterExpression {
 public:
  /// Compiles `text`, or throws TemplateError.
  FilterExpression(Parser& parser, std::string_view text);

  /// The place in the context that this takes its value from, if parsing can tell.
  Meaning meaning(Parser& parser) const;
  /// The text, if it is nothing but a quoted text.
  std::optional<std::string_view> literal_text() const;
  bool has_filter(std::string_view name) const;

  /// What is missing is the empty text.
  Value resolve(Renderer& renderer) const;
  /// What is missing is None, as conditions and loops see it.
  Value resolve_or_none(Renderer& renderer) const;

 private:
  struct Step {
    const FilterRow* filter;
    std::optional<Operand> argument;
  };
  void apply(Renderer& renderer, Value& value) const;

  Operand operand_{Value()};
  std::vector<Step> steps_;
  Position position_;
};

}  // namespace egarage::tmpl
