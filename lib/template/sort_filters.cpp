#include <algorithm>
#include <chrono>
#include <vector>

#include "template/filters.hpp"
#include "template/moment.hpp"
#include "template/python.hpp"

namespace egarage::tmpl {

namespace {

enum class Order { ascending, descending };

/// Python would raise a TypeError or AttributeError, which Django answers with the empty text.
struct Unsortable {};

std::vector<std::string> split_path(std::string_view text) {
  std::vector<std::string> path;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    path.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return path;
}

/// What items are sorted by: a name with dots, or (where the argument is a number) an index as Python takes it.
class Property {
 public:
  Property(Renderer& renderer, std::string_view filter, const Value& argument)
      : renderer_(renderer), filter_(filter), argument_(argument), is_index_(to_float(argument).has_value()) {
    if (is_index_) return;
    if (!argument.is_text()) throw Unsortable();
    const std::string_view text = argument.text();
    if (text.empty()) fail();
    if (text.front() == '_' || text.find("._") != std::string_view::npos) throw Unsortable();
    path_ = split_path(text);
  }

  Value of(const Value& item) const {
    if (is_index_) return indexed(item);
    Value value = item;
    for (const auto& name : path_) {
      const auto* object = value.object();
      std::optional<Value> found;
      if (object != nullptr) {
        if (const auto member = object->find(name); member != object->end()) found = Value::of(*member);
      } else if (value.loop() != nullptr) {
        found = value.member(name);
      }
      if (!found) throw Unsortable();
      value = std::move(*found);
    }
    return value;
  }

 private:
  Value indexed(const Value& item) const {
    if (argument_.is_text()) {
      const auto* object = item.object();
      if (object == nullptr) throw Unsortable();
      const auto member = object->find(std::string(argument_.text()));
      if (member == object->end()) fail();
      return Value::of(*member);
    }
    if (item.object() != nullptr) fail();
    const auto index = argument_.floating() == nullptr ? to_int(argument_) : std::nullopt;
    const auto* made = item.made_sequence();
    const bool has_index =
        item.is_text() || item.array() != nullptr || (made != nullptr && made->kind <= SequenceKind::tuple);
    if (!index || !has_index) throw Unsortable();
    auto found = item.item(*index);
    if (!found) fail();
    return std::move(*found);
  }

  [[noreturn]] void fail() const {
    renderer_.fail("the filter '" + std::string(filter_) + "' sorts by something that an item does not have",
                   "name a member that every item has");
  }

  Renderer& renderer_;
  std::string_view filter_;
  const Value& argument_;
  bool is_index_;
  std::vector<std::string> path_;
};

struct Keyed {
  Value key, item;
  Moment moment;
};

/// Whether every key is a text that holds a date, a time or an instant; then they are compared as such.
bool read_moments(std::vector<Keyed>& entries, const core::TimeZone& zone) {
  for (auto& entry : entries) {
    const auto moment = entry.key.is_text() ? parse_moment(entry.key.text(), zone) : std::nullopt;
    if (!moment) return false;
    entry.moment = *moment;
  }
  return true;
}

int sign_of(auto left, auto right) { return left < right ? -1 : left > right ? 1 : 0; }

int compare_moments(const Moment& a, const Moment& b) {
  if (a.instant && b.instant) return sign_of(*a.instant + a.fraction, *b.instant + b.fraction);
  if (a.instant || b.instant || a.date.has_value() != b.date.has_value()) throw Unsortable();
  return a.date ? sign_of(*a.date, *b.date) : sign_of(*a.time, *b.time);
}

Value sorted(Renderer& renderer, std::string_view filter, const Value& input, const Value& argument, Order order) {
  const Property property(renderer, filter, argument);
  auto items = renderer.iterate(input);
  if (!items) return Value::empty_text();
  std::vector<Keyed> entries;
  entries.reserve(items->size());
  for (auto& item : *items) entries.push_back({property.of(item), std::move(item), {}});
  const bool by_time = read_moments(entries, renderer.options().time_zone);
  const std::size_t depth = renderer.options().limits.depth;
  const auto compared = [&](const Keyed& a, const Keyed& b) {
    if (by_time) return compare_moments(a.moment, b.moment);
    renderer.charge(std::min(a.key.weight(), b.key.weight()));
    const auto result = compare(a.key, b.key, depth);
    if (!result) throw Unsortable();
    return *result;
  };
  // Equal items keep their order in both directions, as in Python.
  std::ranges::stable_sort(entries, [&](const Keyed& a, const Keyed& b) {
    return order == Order::ascending ? compared(a, b) < 0 : compared(b, a) < 0;
  });
  items->clear();
  for (auto& entry : entries) items->push_back(std::move(entry.item));
  return Value::sequence(SequenceKind::list, std::move(*items));
}

Value sorted_or_empty(Renderer& renderer, std::string_view filter, const Value& input, const Value& argument,
                      Order order) {
  try {
    return sorted(renderer, filter, input, argument, order);
  } catch (const Unsortable&) {
    return Value::empty_text();
  }
}

Value dictsort(Renderer& renderer, const Value& input, const Value* argument) {
  return sorted_or_empty(renderer, "dictsort", input, *argument, Order::ascending);
}
Value dictsortreversed(Renderer& renderer, const Value& input, const Value* argument) {
  return sorted_or_empty(renderer, "dictsortreversed", input, *argument, Order::descending);
}

constexpr FilterRow rows[] = {
    {"dictsort", dictsort, Argument::required, Safety::lost},
    {"dictsortreversed", dictsortreversed, Argument::required, Safety::lost},
};

}  // namespace

std::span<const FilterRow> sort_filters() { return rows; }

}  // namespace egarage::tmpl
