#include "template/value.hpp"

#include <charconv>
#include <limits>
#include <utility>

#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

const std::string printed_member = "__str__";

std::optional<std::int64_t> index_from(std::string_view text) {
  std::int64_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return index;
}

}  // namespace

Value Value::of(const nlohmann::json& json) {
  switch (json.type()) {
    case nlohmann::json::value_t::boolean:
      return json.get<bool>();
    case nlohmann::json::value_t::number_integer:
      return json.get<std::int64_t>();
    case nlohmann::json::value_t::number_unsigned: {
      const auto number = json.get<std::uint64_t>();
      if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return static_cast<double>(number);
      return static_cast<std::int64_t>(number);
    }
    case nlohmann::json::value_t::number_float:
      return json.get<double>();
    case nlohmann::json::value_t::string:
      return borrowed(json.get_ref<const std::string&>());
    case nlohmann::json::value_t::array:
    case nlohmann::json::value_t::object: {
      Value value;
      value.content_ = &json;
      return value;
    }
    default:
      return {};
  }
}

Value Value::borrowed(std::string_view text) {
  Value value;
  value.content_ = Text::borrowed(text);
  return value;
}

Value Value::safe(std::string text) {
  Value value(std::move(text));
  std::get<Text>(value.content_).safe = true;
  return value;
}

Value Value::sequence(SequenceKind kind, std::vector<Value> items) {
  Value value;
  value.content_ = std::make_shared<const Sequence>(Sequence{kind, std::move(items)});
  return value;
}

const LoopState* Value::loop() const {
  const auto* found = std::get_if<const LoopState*>(&content_);
  return found != nullptr ? *found : nullptr;
}

const BlockState* Value::block() const {
  const auto* found = std::get_if<const BlockState*>(&content_);
  return found != nullptr ? *found : nullptr;
}

const nlohmann::json* Value::object() const {
  const auto* found = std::get_if<const nlohmann::json*>(&content_);
  return found != nullptr && (*found)->is_object() ? *found : nullptr;
}

const nlohmann::json* Value::array() const {
  const auto* found = std::get_if<const nlohmann::json*>(&content_);
  return found != nullptr && (*found)->is_array() ? *found : nullptr;
}

const Sequence* Value::made_sequence() const {
  const auto* found = std::get_if<std::shared_ptr<const Sequence>>(&content_);
  return found != nullptr ? found->get() : nullptr;
}

bool Value::truthy() const {
  if (is_none()) return false;
  if (const auto* value = boolean()) return *value;
  if (const auto* value = integer()) return *value != 0;
  if (const auto* value = floating()) return *value < 0 || *value > 0 || *value != *value;
  if (is_text()) return !text().empty();
  if (const auto* value = made_sequence()) return !value->items.empty();
  if (loop() != nullptr || block() != nullptr) return true;
  return !std::get<const nlohmann::json*>(content_)->empty();
}

std::optional<std::size_t> Value::length() const {
  if (is_text()) return length_of(text());
  if (const auto* json = array()) return json->size();
  if (const auto* json = object()) return json->size() - json->count(printed_member);
  if (const auto* value = made_sequence()) return value->items.size();
  if (loop() != nullptr) return 7;  // the seven members of forloop
  return std::nullopt;
}

std::size_t Value::weight() const {
  if (is_text()) return text().size();
  constexpr std::size_t octets_an_item = 256;
  if (const auto* value = made_sequence()) return value->items.size() * octets_an_item;
  const auto* found = std::get_if<const nlohmann::json*>(&content_);
  return found != nullptr ? (*found)->size() * octets_an_item : 0;
}

std::optional<Value> Value::item(std::int64_t index) const {
  if (is_text()) {
    const std::string_view all = text();
    if (index < 0) index += static_cast<std::int64_t>(length_of(all));
    if (index < 0) return std::nullopt;
    const std::size_t begin = offset_of(all, static_cast<std::size_t>(index));
    if (begin >= all.size()) return std::nullopt;
    std::size_t end = begin;
    next_code_point(all, end);
    return Value(std::string(all.substr(begin, end - begin)));
  }
  if (!is_sequence()) return std::nullopt;
  const auto size = static_cast<std::int64_t>(*length());
  if (index < 0) index += size;
  if (index < 0 || index >= size) return std::nullopt;
  const auto offset = static_cast<std::size_t>(index);
  if (const auto* json = array()) return of((*json)[offset]);
  return made_sequence()->items[offset];
}

std::optional<Value> Value::member(const std::string& name) const {
  if (const auto* json = object()) {
    if (const auto found = json->find(name); found != json->end()) return of(*found);
    if (name == "items") return sequence(SequenceKind::dict_items, items_of(*json));
    if (name == "keys") return sequence(SequenceKind::dict_keys, keys_of(*json));
    if (name == "values") return sequence(SequenceKind::dict_values, values_of(*json));
    return std::nullopt;
  }
  if (const auto* state = loop()) return state->member(name);
  if (const auto* made = made_sequence()) {
    if (made->kind > SequenceKind::tuple) return std::nullopt;
    if (made->kind == SequenceKind::group && name == "grouper") return made->items[0];
    if (made->kind == SequenceKind::group && name == "list") return made->items[1];
  }
  const auto index = index_from(name);
  return index ? item(*index) : std::nullopt;
}

std::optional<std::vector<Value>> Value::iterate() const {
  std::vector<Value> items;
  if (is_text()) {
    const std::string_view all = text();
    for (std::size_t position = 0; position < all.size();) {
      const std::size_t begin = position;
      next_code_point(all, position);
      items.emplace_back(std::string(all.substr(begin, position - begin)));
    }
    return items;
  }
  if (const auto* json = array()) {
    items.reserve(json->size());
    for (const auto& entry : *json) items.push_back(of(entry));
    return items;
  }
  if (const auto* json = object()) return keys_of(*json);
  if (const auto* made = made_sequence()) return made->items;
  if (loop() != nullptr) {
    for (const std::string_view name :
         {"parentloop", "counter0", "counter", "revcounter", "revcounter0", "first", "last"}) {
      items.push_back(borrowed(name));
    }
    return items;
  }
  return std::nullopt;
}

Value Value::with_safety(bool is_safe) const {
  Value copy = *this;
  if (auto* text = std::get_if<Text>(&copy.content_)) text->safe = is_safe;
  return copy;
}

std::optional<Value> LoopState::member(std::string_view name) const {
  const auto number = [](std::size_t value) { return Value(static_cast<std::int64_t>(value)); };
  if (name == "counter") return number(index + 1);
  if (name == "counter0") return number(index);
  if (name == "revcounter") return number(count - index);
  if (name == "revcounter0") return number(count - index - 1);
  if (name == "first") return Value(index == 0);
  if (name == "last") return Value(index + 1 == count);
  if (name == "parentloop") {
    static const nlohmann::json no_loop = nlohmann::json::object();
    return parent ? *parent : Value::of(no_loop);
  }
  return std::nullopt;
}

std::vector<Value> keys_of(const nlohmann::json& object) {
  std::vector<Value> keys;
  for (auto entry = object.begin(); entry != object.end(); ++entry) {
    if (entry.key() != printed_member) keys.push_back(Value::borrowed(entry.key()));
  }
  return keys;
}

std::vector<Value> values_of(const nlohmann::json& object) {
  std::vector<Value> values;
  for (auto entry = object.begin(); entry != object.end(); ++entry) {
    if (entry.key() != printed_member) values.push_back(Value::of(*entry));
  }
  return values;
}

std::vector<Value> items_of(const nlohmann::json& object) {
  std::vector<Value> items;
  for (auto entry = object.begin(); entry != object.end(); ++entry) {
    if (entry.key() == printed_member) continue;
    items.push_back(Value::sequence(SequenceKind::tuple, {Value::borrowed(entry.key()), Value::of(*entry)}));
  }
  return items;
}

}  // namespace egarage::tmpl
