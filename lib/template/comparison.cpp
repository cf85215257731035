#include <algorithm>
#include <cmath>

#include "template/python.hpp"

namespace egarage::tmpl {

namespace {

bool equal_sequences(const Value& a, const Value& b, std::size_t depth) {
  if (*a.length() != *b.length()) return false;
  for (std::size_t i = 0; i < *a.length(); ++i) {
    const auto index = static_cast<std::int64_t>(i);
    if (!equal(*a.item(index), *b.item(index), depth)) return false;
  }
  return true;
}

bool equal_objects(const nlohmann::json& a, const nlohmann::json& b, std::size_t depth) {
  if (a.size() != b.size()) return false;
  for (auto left = a.begin(), right = b.begin(); left != a.end(); ++left, ++right) {
    if (left.key() != right.key() || !equal(Value::of(*left), Value::of(*right), depth)) return false;
  }
  return true;
}

SequenceKind kind_of(const Value& sequence) {
  return sequence.made_sequence() != nullptr ? sequence.made_sequence()->kind : SequenceKind::list;
}

/// Whether all of `part` is in `whole`. Both are views of keys or items, which are sorted.
bool is_within(const Value& part, const Value& whole, std::size_t depth) {
  std::int64_t at = 0;
  for (std::int64_t i = 0; const auto item = part.item(i); ++i, ++at) {
    auto other = whole.item(at);
    while (other && !equal(*item, *other, depth)) other = whole.item(++at);
    if (!other) return false;
  }
  return true;
}

/// The order of two sequences of one kind. Lists and tuples compare item by item; views of keys and of items are sets,
/// of which a part is the lesser; views of values have no order.
std::optional<int> compare_sequences(const Value& a, const Value& b, std::size_t depth) {
  const auto is_set = [](SequenceKind kind) {
    return kind == SequenceKind::dict_keys || kind == SequenceKind::dict_items;
  };
  if (is_set(kind_of(a)) && is_set(kind_of(b))) {
    const bool is_part = is_within(a, b, depth);
    const bool is_whole = is_within(b, a, depth);
    return is_part || is_whole ? std::optional(is_part && is_whole ? 0 : is_part ? -1 : 1) : std::nullopt;
  }
  if (kind_of(a) != kind_of(b) || kind_of(a) == SequenceKind::dict_values || is_set(kind_of(a))) return std::nullopt;
  const std::size_t left = *a.length();
  const std::size_t right = *b.length();
  for (std::size_t i = 0; i < std::min(left, right); ++i) {
    const auto index = static_cast<std::int64_t>(i);
    if (equal(*a.item(index), *b.item(index), depth)) continue;
    return compare(*a.item(index), *b.item(index), depth);
  }
  return left < right ? -1 : left > right ? 1 : 0;
}

/// The order of two numbers without losing the low bits of large integers.
std::optional<int> compare_numbers(const Value& a, const Value& b) {
  const auto whole = [](const Value& value) -> std::optional<std::int64_t> {
    if (const auto* boolean = value.boolean()) return *boolean ? 1 : 0;
    if (const auto* integer = value.integer()) return *integer;
    return std::nullopt;
  };
  if (const auto left = whole(a), right = whole(b); left && right) return *left < *right ? -1 : *left > *right ? 1 : 0;
  const double left = *to_float(a);
  const double right = *to_float(b);
  if (std::isnan(left) || std::isnan(right)) return std::nullopt;
  return left < right ? -1 : left > right ? 1 : 0;
}

}  // namespace

bool equal(const Value& a, const Value& b, std::size_t depth) {
  if (depth == 0) return false;
  if (a.is_none() || b.is_none()) return a.is_none() && b.is_none();
  if (a.is_number() && b.is_number()) return compare_numbers(a, b) == 0;
  if (a.is_text() && b.is_text()) return a.text() == b.text();
  if (a.object() != nullptr && b.object() != nullptr) return equal_objects(*a.object(), *b.object(), depth - 1);
  if (a.is_sequence() && b.is_sequence()) {
    // In Python two views of an object's values are never equal.
    if (kind_of(a) == SequenceKind::dict_values) return a.made_sequence() == b.made_sequence();
    return kind_of(a) == kind_of(b) && equal_sequences(a, b, depth - 1);
  }
  if (a.block() != nullptr) return a.block() == b.block();
  return a.loop() != nullptr && a.loop() == b.loop();
}

std::optional<int> compare(const Value& a, const Value& b, std::size_t depth) {
  if (depth == 0) return std::nullopt;
  if (a.is_number() && b.is_number()) return compare_numbers(a, b);
  if (a.is_text() && b.is_text()) {
    const int order = a.text().compare(b.text());
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }
  return a.is_sequence() && b.is_sequence() ? compare_sequences(a, b, depth - 1) : std::nullopt;
}

namespace {

/// Whether Python could look it up among keys. Views of values are looked up by identity and never found.
bool is_hashable(const Value& value, std::size_t depth) {
  if (depth == 0 || value.object() != nullptr || value.array() != nullptr) return false;
  const auto* made = value.made_sequence();
  if (made == nullptr || made->kind == SequenceKind::dict_values) return true;
  if (made->kind != SequenceKind::tuple && made->kind != SequenceKind::group) return false;
  return std::ranges::all_of(made->items, [&](const Value& item) { return is_hashable(item, depth - 1); });
}

}  // namespace

std::optional<bool> contains(const Value& haystack, const Value& needle, std::size_t depth) {
  if (haystack.is_text()) {
    if (!needle.is_text()) return std::nullopt;
    return haystack.text().find(needle.text()) != std::string_view::npos;
  }
  if (const auto* object = haystack.object()) {
    if (!is_hashable(needle, depth)) return std::nullopt;
    return needle.is_text() && object->contains(std::string(needle.text()));
  }
  if (haystack.loop() != nullptr) return needle.is_text() && haystack.loop()->member(needle.text()).has_value();
  if (!haystack.is_sequence()) return std::nullopt;
  const auto* made = haystack.made_sequence();
  if (made != nullptr && made->kind == SequenceKind::dict_keys && !is_hashable(needle, depth)) return std::nullopt;
  for (std::size_t i = 0; i < *haystack.length(); ++i) {
    if (equal(*haystack.item(static_cast<std::int64_t>(i)), needle, depth)) return true;
  }
  return false;
}

bool identical(const Value& a, const Value& b) {
  if (a.is_none() || b.is_none()) return a.is_none() && b.is_none();
  if (a.boolean() != nullptr || b.boolean() != nullptr) {
    return a.boolean() != nullptr && b.boolean() != nullptr && *a.boolean() == *b.boolean();
  }
  if (a.object() != nullptr) return a.object() == b.object();
  if (a.array() != nullptr) return a.array() == b.array();
  if (a.made_sequence() != nullptr) return a.made_sequence() == b.made_sequence();
  if (a.loop() != nullptr) return a.loop() == b.loop();
  if (a.block() != nullptr) return a.block() == b.block();
  // CPython keeps one object for each small number and for equal texts of one place; a template cannot rely on more.
  if (a.integer() != nullptr && b.integer() != nullptr)
    return *a.integer() == *b.integer() && *a.integer() >= -5 && *a.integer() <= 256;
  if (a.is_text() && b.is_text()) return a.text().data() == b.text().data() && a.text().size() == b.text().size();
  return false;
}

}  // namespace egarage::tmpl
