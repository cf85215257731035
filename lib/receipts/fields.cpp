#include "receipts/fields.hpp"

#include <algorithm>
#include <charconv>

#include "core/utf8.hpp"

namespace egarage::receipts {

using nlohmann::json;

const json& field(const json& object, const char* key) {
  static const json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

const json& list_field(const json& object, const char* key) {
  static const json none = json::array();
  const auto& value = field(object, key);
  return value.is_array() ? value : none;
}

std::string text_field(const json& object, const char* key) {
  const auto& value = field(object, key);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

std::string name_field(const json& object, const char* key) {
  constexpr std::size_t longest = 512;
  auto text = text_field(object, key);
  const auto is_printable = [](char c) { return c > ' ' && c < 0x7f; };
  if (text.size() > longest || !std::ranges::all_of(text, is_printable)) return {};
  return text;
}

std::optional<std::int64_t> number_field(const json& object, const char* key) {
  const auto& value = field(object, key);
  std::int64_t number = -1;
  if (value.is_number_unsigned()) {
    if (value.get<std::uint64_t>() > std::uint64_t{INT64_MAX}) return std::nullopt;
    number = value.get<std::int64_t>();
  } else if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  }
  return number < 0 ? std::nullopt : std::optional(number);
}

core::Instant time_field(const json& object, const char* key, core::Instant now) {
  const auto seconds = number_field(object, key);
  if (!seconds) return now;
  return std::min(core::Instant{std::chrono::seconds{*seconds}}, now);
}

std::string words(const std::string& text) {
  constexpr std::size_t longest = 300;
  const auto line = core::one_line(text);
  return std::string(core::cut_utf8(line, longest));
}

}  // namespace egarage::receipts
