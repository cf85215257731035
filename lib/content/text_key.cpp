#include "content/text_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace egarage::content {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 2> layouts{
    {{"layout.html", "layout/email.html"}, {"layout.txt", "layout/email.txt"}}};

std::string upper_case(std::string_view text) {
  std::string result{text};
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return result;
}

bool is_layout(std::string_view name) {
  return std::ranges::any_of(layouts, [&](const auto& row) { return row.first == name; });
}

bool is_part_name(std::string_view name) {
  constexpr std::size_t longest = 64;
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  return !name.empty() && name.size() <= longest && name.find_first_not_of(allowed) == std::string_view::npos &&
         name != "layout" && !core::parse_channel(name) && !core::parse_event(upper_case(name));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// `name[.channel]` in a language.
std::optional<TextKey> key_of(std::string_view name_and_channel, std::string_view language_name) {
  const auto parts = split(name_and_channel, '.');
  const auto language = core::parse_language(language_name);
  if (!language || parts.size() > 2 || !is_text_name(parts[0]) || is_layout(parts[0])) return std::nullopt;
  TextKey key{std::string{parts[0]}, std::nullopt, language};
  if (parts.size() == 2) {
    key.channel = core::parse_channel(parts[1]);
    if (!key.channel) return std::nullopt;
  }
  return key;
}

}  // namespace

std::string lower_case(std::string_view code) {
  std::string result{code};
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

bool is_text_name(std::string_view name) {
  return core::parse_event(upper_case(name)).has_value() || is_layout(name) || is_part_name(name);
}

TextKind TextKey::kind() const {
  if (is_layout(name)) return TextKind::layout;
  return event() ? TextKind::message : TextKind::part;
}

std::optional<core::Event> TextKey::event() const { return core::parse_event(upper_case(name)); }

TextKey message_key(core::Event event, std::optional<core::Channel> channel, core::Language language) {
  return {lower_case(core::to_string(event)), channel, language};
}

std::string to_string(const TextKey& key) {
  std::string written = key.name;
  if (key.channel) written += fmt::format(".{}", core::to_string(*key.channel));
  if (key.language) written += fmt::format(".{}", core::to_string(*key.language));
  return written;
}

std::string path_of(const TextKey& key) {
  for (const auto& [name, path] : layouts) {
    if (name == key.name) return std::string{path};
  }
  return fmt::format("{}/{}{}{}.md", core::to_string(*key.language), key.kind() == TextKind::part ? "_" : "", key.name,
                     key.channel ? fmt::format(".{}", core::to_string(*key.channel)) : "");
}

std::optional<TextKey> parse_text_key(std::string_view written) {
  const std::string text = lower_case(written);
  if (is_layout(text)) return TextKey{text, std::nullopt, std::nullopt};
  const auto dot = text.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  return key_of(std::string_view{text}.substr(0, dot), std::string_view{text}.substr(dot + 1));
}

std::optional<TextKey> text_key_of_path(std::string_view path) {
  for (const auto& [name, file] : layouts) {
    if (file == path) return TextKey{std::string{name}, std::nullopt, std::nullopt};
  }
  const auto slash = path.find('/');
  constexpr std::string_view suffix = ".md";
  if (slash == std::string_view::npos || !path.ends_with(suffix)) return std::nullopt;
  auto stem = path.substr(slash + 1, path.size() - slash - 1 - suffix.size());
  const bool is_part = stem.starts_with('_');
  if (is_part) stem.remove_prefix(1);
  auto key = key_of(stem, path.substr(0, slash));
  if (!key || (key->kind() == TextKind::part) != is_part || key->name != lower_case(key->name)) return std::nullopt;
  return key;
}

}  // namespace egarage::content
