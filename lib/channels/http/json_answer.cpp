#include "channels/http/json_answer.hpp"

#include <charconv>
#include <limits>

namespace egarage::channels::http {

nlohmann::json parse_object(std::string_view text) {
  auto value = nlohmann::json::parse(text, nullptr, false);
  if (!value.is_object()) return nullptr;
  return value;
}

const nlohmann::json& member(const nlohmann::json& value, const char* name) {
  static const nlohmann::json none;
  if (!value.is_object()) return none;
  const auto found = value.find(name);
  return found == value.end() ? none : *found;
}

std::string text_at(const nlohmann::json& value, const char* name) {
  const auto& found = member(value, name);
  return found.is_string() ? found.get<std::string>() : std::string{};
}

std::optional<int> number_at(const nlohmann::json& value, const char* name) {
  const auto& found = member(value, name);
  if (found.is_number_integer()) {
    const auto number = found.get<std::int64_t>();
    if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(number);
  }
  if (!found.is_string()) return std::nullopt;
  const auto& text = found.get_ref<const std::string&>();
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

}  // namespace egarage::channels::http
