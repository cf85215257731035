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

/// How many names may be set at once: looking one up stays quick.
constexpr std::size_t most_names = 500;
std::string too_many_names();

struct Compiled;
class BlockContext;

/// What belongs to the rendering of one template and neither to its includer nor to what it includes.
struct TemplateState {
  const Compiled* compiled;
  NodeStates nodes;
  BlockContext* blocks;  ///< null unless it extends another template
};

/// The state of one rendering: variables in scope, output, escaping in force, and the bounds.
class Renderer {
 public:
  /// `expected_size`: about how many octets will come out.
  Renderer(const std::string& name, const nlohmann::json& context, const RenderOptions& options,
           std::size_t expected_size);

  const RenderOptions& options() const { return options_; }
  void render(const NodeList& nodes);
  /// The template being rendered, whose blocks a template that it extends shows.
  TemplateState& state() { return *state_; }
  /// The whole output; U+FFFD stands for what was not UTF-8.
  std::string finish();

  /// Where an error from now on is reported.
  void at(Position position) { position_ = position; }
  /// Throws Error (a TemplateError) for the current position.
  template <typename Error = EvaluationError>
  [[noreturn]] void fail(std::string sentence, std::string hint = {}) const {
    throw Error(*name_, position_.line, position_.column, std::move(sentence), std::move(hint));
  }
  /// Counts a step, and more for one that handles long texts or lists. Throws at the limit.
  void charge(std::size_t octets = 0);
  /// Throws when a filter is about to make a text longer than the output may be.
  void check_size(std::size_t octets) const;

  /// The value of a name in the innermost scope that has it; empty when none has.
  std::optional<Value> find(const std::string& name) const;
  /// The same without a copy, if it is the context's own and neither hidden nor replaced. Null otherwise.
  const nlohmann::json* in_context(const std::string& name) const;
  /// Python's iteration over a value, charged by its length; empty for what cannot be iterated.
  std::optional<std::vector<Value>> iterate(const Value& value);
  std::size_t scope() const { return bindings_.size(); }
  /// Names live as long as the template. Returns the place of the binding, for `rebind`.
  std::size_t bind(std::string_view name, Value value);
  void rebind(std::size_t place, Value value) { bindings_[place].value = std::move(value); }
  void leave(std::size_t scope) { bindings_.resize(scope); }
  /// Sets a name in the innermost frame: what a tag with `as` does.
  void assign(std::string_view name, Value value);
  /// Sets a name where it exists already, else in the innermost frame: what `cycle` does.
  void assign_upward(std::string_view name, Value value);
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
  friend class TemplateCall;
  friend class Isolation;
  friend class Nesting;
  friend class Capture;
  void append_text(const Value& value, std::string_view text);

  const std::string* name_;
  const nlohmann::json* context_;
  const RenderOptions& options_;
  std::string output_;
  std::vector<Binding> bindings_;
  std::vector<Binding> overrides_;  ///< of names in the context
  std::size_t frame_ = 0;
  std::size_t first_visible_ = 0;  ///< bindings before it are out of sight
  std::size_t calls_ = 0;
  std::size_t nesting_ = 0;
  TemplateState* state_ = nullptr;
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

/// Renders inside a template while it lives: errors carry its name. Throws when calls nest deeper than Limits::depth.
class TemplateCall {
 public:
  TemplateCall(Renderer& renderer, const std::string& name) : TemplateCall(renderer, name, *renderer.state_) {}
  TemplateCall(Renderer& renderer, const std::string& name, TemplateState& state);
  ~TemplateCall();
  TemplateCall(const TemplateCall&) = delete;
  TemplateCall& operator=(const TemplateCall&) = delete;

 private:
  Renderer& renderer_;
  const std::string* name_;
  TemplateState* state_;
  Position position_;
};

/// Hides the context and all names set so far while it lives.
class Isolation {
 public:
  explicit Isolation(Renderer& renderer);
  ~Isolation();
  Isolation(const Isolation&) = delete;
  Isolation& operator=(const Isolation&) = delete;

 private:
  Renderer& renderer_;
  const nlohmann::json* context_;
  std::size_t first_visible_;
};

/// One level of nested rendering or evaluation. Throws before the stack is in danger.
class Nesting {
 public:
  explicit Nesting(Renderer& renderer) : renderer_(renderer) {
    if (renderer.nesting_ >= renderer.options_.limits.depth * levels_a_call) fail(renderer);
    ++renderer.nesting_;
  }
  ~Nesting() { --renderer_.nesting_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  /// A call renders nested tags and evaluates nested conditions: so many levels for each call are more than any
  /// template needs, and all of them together fit on the stack.
  static constexpr std::size_t levels_a_call = 20;
  [[noreturn]] static void fail(const Renderer& renderer);
  Renderer& renderer_;
};

/// Looks at what is appended to the output while it lives. Markdown's escaping depends on what stands before a value,
/// so the text is rendered in its place. Left by an exception, it takes back everything that rendering changed.
class Capture {
 public:
  explicit Capture(Renderer& renderer);
  ~Capture();
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  std::string_view text() const;
  /// Takes the text out of the output. Counts steps for its length.
  std::string take();
  /// Puts another text in its place.
  void replace(std::string_view text);
  /// Takes the text out of the output and forgets it.
  void drop();
  /// Leaves the text where it is.
  void keep() { is_open_ = false; }

 private:
  Renderer& renderer_;
  std::size_t begin_, scope_, frame_, open_number_;
  Escape escape_;
  bool is_open_ = true;
};

}  // namespace egarage::tmpl
