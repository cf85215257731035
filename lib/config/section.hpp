#pragma once

#include <fmt/format.h>

#include <span>
#include <string_view>
#include <vector>

#include "config/value.hpp"
#include "core/nearest_name.hpp"

namespace egarage::config {

/// A key that a section knows, and what its value does. A section is a table of these.
template <typename Target>
struct Key {
  std::string_view name;
  void (*read)(const Value& value, Target& target);
};

/// Refuses the key, naming the nearest of the known ones.
[[noreturn]] inline void refuse_key(const Value& section, std::string_view key, const toml::node& node,
                                    std::span<const std::string_view> known) {
  const auto nearest = core::nearest_name(key, known);
  const auto hint = nearest ? fmt::format("Did you mean \"{}\"?", *nearest)
                            : fmt::format("Known keys here: {}.", fmt::join(known, ", "));
  section.member(key, node).refuse("is not a known key", hint);
}

/// Reads every key of the section into `target`; a key that is not in the table is an error.
template <typename Target, std::size_t Count>
void read_section(const Value& section, const Key<Target> (&keys)[Count], Target& target) {
  for (const auto& [name, node] : section.table()) {
    const Key<Target>* known = nullptr;
    for (const auto& key : keys) {
      if (key.name == std::string_view(name)) known = &key;
    }
    if (!known) {
      std::vector<std::string_view> names;
      for (const auto& key : keys) names.push_back(key.name);
      refuse_key(section, name, node, names);
    }
    known->read(section.member(name, node), target);
  }
}

/// Refuses the first of the keys that is there: it belongs to another transport, and would be ignored.
inline void refuse_foreign(const Value& section, std::string_view transport,
                           std::span<const std::string_view> foreign) {
  for (const auto key : foreign) {
    if (const auto* node = section.table().get(key)) {
      section.member(key, *node)
          .refuse(fmt::format("is no key of the transport \"{}\"", transport),
                  "Remove it, or choose the transport that it belongs to.");
    }
  }
}

/// One of the texts, or an error that lists them.
inline std::string one_of(const Value& value, std::span<const std::string_view> texts) {
  auto text = value.text();
  for (const auto known : texts) {
    if (known == text) return text;
  }
  value.refuse(fmt::format("cannot be \"{}\"", text), fmt::format("Choose one of: {}.", fmt::join(texts, ", ")));
}

/// The value of a table of names (`core::EnumNames`), or an error that lists them.
template <typename Names>
auto choice(const Value& value, const Names& names) {
  const auto text = value.text();
  for (const auto& [candidate, name] : names) {
    if (name == text) return candidate;
  }
  std::vector<std::string_view> known;
  for (const auto& row : names) known.push_back(row.second);
  value.refuse(fmt::format("cannot be \"{}\"", text), fmt::format("Choose one of: {}.", fmt::join(known, ", ")));
}

}  // namespace egarage::config
