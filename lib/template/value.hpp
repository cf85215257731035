#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace egarage::tmpl {

struct LoopState;
class BlockState;
class Value;

struct None {};

/// A text that is borrowed (from the template or the context, which outlive the rendering) or its own.
class Text {
 public:
  static Text borrowed(std::string_view text) { return Text(text); }
  static Text own(std::string text) { return Text(std::move(text)); }

  std::string_view view() const { return owns_ ? std::string_view(own_) : borrowed_; }
  bool safe = false;  ///< already markup: not escaped at output

 private:
  explicit Text(std::string_view text) : borrowed_(text) {}
  explicit Text(std::string text) : own_(std::move(text)), owns_(true) {}
  std::string own_;
  std::string_view borrowed_;
  bool owns_ = false;
};

/// How Python would print a sequence. A group is what `regroup` makes: its `grouper` and its `list`.
enum class SequenceKind { list, group, tuple, dict_items, dict_keys, dict_values };

/// A sequence made while rendering (a slice, the items of an object).
struct Sequence {
  SequenceKind kind = SequenceKind::list;
  std::vector<Value> items;
};

/// What a template works with: a JSON value without a copy, or what a filter made of one. Cheap to copy. Behaves like
/// the Python value that Django would see. An object that has the member `__str__` prints that text.
class Value {
 public:
  Value() = default;
  Value(bool value) : content_(value) {}                             // NOLINT(google-explicit-constructor)
  Value(std::int64_t value) : content_(value) {}                     // NOLINT(google-explicit-constructor)
  Value(double value) : content_(value) {}                           // NOLINT(google-explicit-constructor)
  Value(std::string text) : content_(Text::own(std::move(text))) {}  // NOLINT(google-explicit-constructor)
  Value(const LoopState* loop) : content_(loop) {}                   // NOLINT(google-explicit-constructor)
  Value(const BlockState* block) : content_(block) {}                // NOLINT(google-explicit-constructor)
  Value(const char*) = delete;
  static Value of(const nlohmann::json& json);
  static Value borrowed(std::string_view text);
  static Value safe(std::string text);
  static Value sequence(SequenceKind kind, std::vector<Value> items);
  static Value empty_text() { return borrowed({}); }

  bool is_none() const { return holds<None>(); }
  bool is_text() const { return holds<Text>(); }
  bool is_safe() const { return is_text() && std::get<Text>(content_).safe; }
  std::string_view text() const { return std::get<Text>(content_).view(); }  ///< only if is_text()
  const bool* boolean() const { return std::get_if<bool>(&content_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&content_); }
  const double* floating() const { return std::get_if<double>(&content_); }
  const LoopState* loop() const;
  const BlockState* block() const;       ///< the variable `block` inside a `{% block %}`
  const nlohmann::json* object() const;  ///< null unless it is a JSON object
  const nlohmann::json* array() const;   ///< null unless it is a JSON array
  const Sequence* made_sequence() const;
  bool is_sequence() const { return array() != nullptr || made_sequence() != nullptr; }
  bool is_number() const { return boolean() != nullptr || integer() != nullptr || floating() != nullptr; }

  bool truthy() const;
  /// len() of a text (code points), list or object; empty for what has none.
  std::optional<std::size_t> length() const;
  /// The length of what must be walked to copy or compare it: what a step of rendering is charged for.
  std::size_t weight() const;
  /// Item of a list or code point of a text; negative counts from the end. Empty when there is none.
  std::optional<Value> item(std::int64_t index) const;
  /// What `{{ value.name }}` finds. Empty when there is nothing of that name.
  std::optional<Value> member(const std::string& name) const;
  /// Python's iteration: items of a list, code points of a text, keys of an object. Empty for what cannot be iterated.
  std::optional<std::vector<Value>> iterate() const;

  Value with_safety(bool is_safe) const;

 private:
  template <typename T>
  bool holds() const {
    return std::holds_alternative<T>(content_);
  }
  std::variant<None, bool, std::int64_t, double, Text, const nlohmann::json*, std::shared_ptr<const Sequence>,
               const LoopState*, const BlockState*>
      content_;
};

/// What a `cycle` or `ifchanged` remembers from one time that it is rendered to the next.
struct NodeState {
  std::size_t next = 0;                    ///< the value that a cycle shows next
  std::optional<std::vector<Value>> last;  ///< what an ifchanged saw
};
using NodeStates = std::unordered_map<const void*, NodeState>;

/// The variables of one `{% for %}`.
struct LoopState {
  std::size_t index = 0;  ///< from 0
  std::size_t count = 0;
  std::optional<Value> parent;                          ///< what `forloop` was outside
  mutable std::unique_ptr<NodeStates> nodes = nullptr;  ///< of every ifchanged inside; null: there was none

  std::optional<Value> member(std::string_view name) const;
};

/// Names of an object's members that iteration shows: all but `__str__`.
std::vector<Value> keys_of(const nlohmann::json& object);
std::vector<Value> values_of(const nlohmann::json& object);
std::vector<Value> items_of(const nlohmann::json& object);

}  // namespace egarage::tmpl
