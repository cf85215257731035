#include <algorithm>
#include <array>

#include "template/escaping.hpp"
#include "template/filters.hpp"
#include "template/python.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

Value end_item(Renderer& renderer, std::string_view filter, const Value& input, std::int64_t index) {
  const bool has_index = input.is_text() || input.array() != nullptr ||
                         (input.made_sequence() != nullptr && input.made_sequence()->kind <= SequenceKind::tuple);
  if (!has_index) renderer.fail("the filter '" + std::string(filter) + "' needs a list or a text");
  return input.item(index).value_or(Value::empty_text());
}

Value first(Renderer& renderer, const Value& input, const Value*) { return end_item(renderer, "first", input, 0); }
Value last(Renderer& renderer, const Value& input, const Value*) { return end_item(renderer, "last", input, -1); }

Value join(Renderer& renderer, const Value& input, const Value* argument) {
  const auto items = renderer.iterate(input);
  if (!items) return input;
  const Escape escape = renderer.escape();
  const auto shown = [&](const Value& value) {
    std::string text = renderer.str(value);
    return escape == Escape::none || value.is_safe() ? text : escaped(text, escape);
  };
  // Without escaping Python's str.join takes nothing but texts.
  const bool joinable = escape != Escape::none || std::ranges::all_of(*items, &Value::is_text);
  if (!joinable) return input;
  // Django escapes the separator even where autoescape is off.
  const std::string separator =
      argument->is_safe() ? std::string(argument->text()) : escaped(renderer.str(*argument), renderer.escape_when_on());
  std::string result;
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (i > 0) result += separator;
    result += shown((*items)[i]);
    renderer.check_size(result.size());
  }
  return Value::safe(std::move(result));
}

Value length(Renderer&, const Value& input, const Value*) {
  return static_cast<std::int64_t>(input.length().value_or(0));
}

Value length_is(Renderer&, const Value& input, const Value* argument) {
  const auto length = input.length();
  const auto wanted = to_int(*argument);
  if (!length || !wanted) return Value::empty_text();
  return *wanted >= 0 && *length == static_cast<std::size_t>(*wanted);
}

Value make_list(Renderer& renderer, const Value& input, const Value*) {
  const Value text = input.is_text() ? input : Value(renderer.str(input));
  return Value::sequence(SequenceKind::list, *renderer.iterate(text));
}

Value safeseq(Renderer& renderer, const Value& input, const Value*) {
  auto items = renderer.iterate(input);
  if (!items) renderer.fail("the value in front of the filter 'safeseq' is not a list");
  for (auto& item : *items) item = Value::safe(renderer.str(item));
  Value list = Value::sequence(SequenceKind::list, std::move(*items));
  // What a filter makes of a safe text, Django turns into a safe text: here, the printed list.
  return input.is_safe() ? Value::safe(renderer.str(list)) : list;
}

/// `start:stop:step` of Python; absent parts are empty.
struct Slice {
  std::array<std::optional<std::int64_t>, 3> parts;
};

std::optional<Slice> parse_slice(const std::string& text) {
  Slice slice;
  std::size_t count = 0;
  for (std::size_t begin = 0; begin <= text.size(); ++count) {
    if (count == slice.parts.size()) return std::nullopt;
    const std::size_t end = std::min(text.find(':', begin), text.size());
    if (end > begin) {
      slice.parts[count] = python_int(std::string_view(text).substr(begin, end - begin));
      if (!slice.parts[count]) return std::nullopt;
    }
    begin = end + 1;
  }
  if (count == 1) slice.parts = {std::nullopt, slice.parts[0], std::nullopt};
  if (slice.parts[2] == 0) return std::nullopt;
  return slice;
}

/// The indexes a slice selects from `size` items (PySlice_AdjustIndices).
std::vector<std::size_t> indexes_of(const Slice& slice, std::int64_t size) {
  const std::int64_t step = std::clamp<std::int64_t>(slice.parts[2].value_or(1), -size - 1, size + 1);
  const std::int64_t lowest = step < 0 ? -1 : 0;
  const std::int64_t highest = step < 0 ? size - 1 : size;
  const auto bound = [&](std::optional<std::int64_t> part, std::int64_t otherwise) {
    if (!part) return otherwise;
    return std::clamp(*part < 0 ? std::max(*part, -size - 1) + size : *part, lowest, highest);
  };
  const std::int64_t start = bound(slice.parts[0], step < 0 ? highest : lowest);
  const std::int64_t stop = bound(slice.parts[1], step < 0 ? lowest : highest);
  std::vector<std::size_t> indexes;
  for (std::int64_t i = start; step > 0 ? i < stop : i > stop; i += step)
    indexes.push_back(static_cast<std::size_t>(i));
  return indexes;
}

Value slice(Renderer& renderer, const Value& input, const Value* argument) {
  const auto wanted = parse_slice(renderer.str(*argument));
  const auto* made = input.made_sequence();
  const bool can_slice =
      input.is_text() || input.array() != nullptr || (made != nullptr && made->kind <= SequenceKind::tuple);
  if (!wanted || !can_slice) return input;
  const auto indexes = indexes_of(*wanted, static_cast<std::int64_t>(*input.length()));
  if (!input.is_text()) {
    std::vector<Value> items;
    for (const std::size_t i : indexes) items.push_back(*input.item(static_cast<std::int64_t>(i)));
    return Value::sequence(made != nullptr ? made->kind : SequenceKind::list, std::move(items));
  }
  const std::string_view text = input.text();
  std::vector<std::size_t> offsets;
  for (std::size_t position = 0; position < text.size(); next_code_point(text, position)) offsets.push_back(position);
  offsets.push_back(text.size());
  std::string result;
  for (const std::size_t i : indexes) result += text.substr(offsets[i], offsets[i + 1] - offsets[i]);
  return result;
}

constexpr FilterRow rows[] = {
    {"first", first, Argument::none, Safety::lost},
    {"join", join, Argument::required, Safety::kept},
    {"last", last, Argument::none, Safety::kept},
    {"length", length, Argument::none, Safety::lost},
    {"length_is", length_is, Argument::required, Safety::lost},
    {"make_list", make_list, Argument::none, Safety::lost},
    {"safeseq", safeseq, Argument::none, Safety::kept},
    {"slice", slice, Argument::required, Safety::kept},
};

}  // namespace

std::span<const FilterRow> list_filters() { return rows; }

}  // namespace egarage::tmpl
