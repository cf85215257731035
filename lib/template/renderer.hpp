#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "template/lexer.hpp"
#include "template/template.hpp"
#include "template/value.hpp"

namespace egarage::tmpl {

class Renderer;

/// A compiled piece of a template. Immutable.
class Node {
 public:
  virtual ~Node() = default;
  virtual void render(Renderer& renderer) const = 0;
};
using NodeList = std::vector<std::unique_ptr<Node>>;

/// A value that a filter cannot work with: Python would raise. A condition takes it as false.
class EvaluationError : public TemplateError {
 public:
  using TemplateError::TemplateError;
};
/// A filter's argument is a variable that does not exist.
class MissingArgument : public EvaluationError {
 public:
  using EvaluationError::EvaluationError;
};

/// The state of one rendering: variables in scope, output, escaping in force, and the bounds.
class Renderer {
 public:
  /// `expected_size`: about how many octets will come out.
  Renderer(const std::string& name, const nlohmann::json& context, const RenderOptions& options,
           std::size_t expected_size);

  const RenderOptions& options() const { return options_; }
  void render(const NodeList& nodes);
  /// The whole output; U+FFFD stands for what was not UTF-8.
  std::string finish();

  /// Where an error from now on is reported.
  void at(Position position) { position_ = position; }
  /// Throws Error (a TemplateError) for the current position.
  template <typename Error = EvaluationError>
  [[noreturn]] void fail(std::string sentence, std::string hint = {}) const {
    throw Error(name_, position_.line, position_.column, std::move(sentence), std::move(hint));
  }
  /// Counts a step, and more for one that handles long texts or lists. Throws at the limit.
  void charge(std::size_t octets = 0);
  /// Throws when a filter is about to make a text longer than the output may be.
  void check_size(std::size_t octets) const;

  /// The value of a name in the innermost scope that has it; empty when none has.
  std::optional<Value> find(const std::string& name) const;
  /// Python's iteration over a value, charged by its length; empty for what cannot be iterated.
  std::optional<std::vector<Value>> iterate(const Value& value);
  std::size_t scope() const { return bindings_.size(); }
  /// Names live as long as the template. Returns the place of the binding, for `rebind`.
  std::size_t bind(std::string_view name, Value value);
  void rebind(std::size_t place, Value value) { bindings_[place].value = std::move(value); }
  void leave(std::size_t scope) { bindings_.resize(scope); }
  /// Sets a name in the innermost frame: what a tag with `as` does.
  void assign(std::string_view name, Value value);
  /// Begins a frame; returns the one before, for `end_frame`.
  std::size_t begin_frame() { return std::exchange(frame_, bindings_.size()); }
  void end_frame(std::size_t before) {
    leave(frame_);
    frame_ = before;
  }

  /// What `{{ … }}` does to a value that is not marked safe.
  Escape escape() const { return escape_; }
  /// What it does where escaping is on: Escape::html in a plain text with `{% autoescape on %}`.
  Escape escape_when_on() const { return options_.escape == Escape::none ? Escape::html : options_.escape; }
  void set_escape(Escape escape) { escape_ = escape; }

  /// Text of the template itself: never escaped.
  void append_literal(std::string_view text);
  void append_value(const Value& value);
  /// What `{{ value }}` would print, not yet escaped.
  std::string text_of(const Value& value) const;
  /// str(value) of Python, which filters on texts begin with.
  std::string str(const Value& value) const;

 private:
  struct Binding {
    std::string_view name;
    Value value;
  };
  void append_text(const Value& value, std::string_view text);

  const std::string& name_;
  const nlohmann::json& context_;
  const RenderOptions& options_;
  std::string output_;
  std::vector<Binding> bindings_;
  std::size_t frame_ = 0;
  std::size_t steps_ = 0;
  std::size_t open_number_ = std::string::npos;  ///< see append_literal
  Escape escape_;
  Position position_;
};

/// Sets the escaping for a scope.
class EscapeScope {
 public:
  EscapeScope(Renderer& renderer, Escape escape) : renderer_(renderer), before_(renderer.escape()) {
    renderer.set_escape(escape);
  }
  ~EscapeScope() { renderer_.set_escape(before_); }
  EscapeScope(const EscapeScope&) = delete;
  EscapeScope& operator=(const EscapeScope&) = delete;

 private:
  Renderer& renderer_;
  Escape before_;
};

}  // namespace egarage::tmpl
