#include <fmt/format.h>

#include <algorithm>

#include "content/lint/checks.hpp"
#include "content/variables.hpp"
#include "core/nearest_name.hpp"

namespace egarage::content {
namespace {

/// What the texts of an event may use; a part may use what any event has, a layout what layouts have.
std::vector<std::string_view> contract_of(const TextKey& key) {
  if (key.kind() == TextKind::layout) return layout_variables();
  const auto event = key.event();
  std::vector<std::string_view> paths;
  for (const auto& variable : variables()) {
    if (!event || variable.events.contains(*event)) paths.push_back(variable.path);
  }
  return paths;
}

bool is_known(std::string_view path, const std::vector<std::string_view>& contract) {
  return std::ranges::any_of(contract, [&](std::string_view known) {
    // An object may be used as a whole: `{{ vehiculo }}`, `{% if documento %}`, `{% for r in datos.recordatorios %}`.
    return known == path || (known.starts_with(path) && known[path.size()] == '.');
  });
}

std::string hint_for(std::string_view path, const std::vector<std::string_view>& contract, const TextKey& key) {
  if (const auto nearest = core::nearest_name(path, contract)) return fmt::format("did you mean '{}'?", *nearest);
  return fmt::format("egarage-notify template variables {}lists what there is",
                     key.event() ? fmt::format("{} ", core::to_string(*key.event())) : "");
}

std::string hint_for_part(std::string_view name, const Catalogue& catalogue) {
  std::vector<std::string_view> parts;
  for (const auto& shelf : catalogue.shelves()) {
    for (const auto& [key, text] : shelf->texts()) parts.push_back(key.name);
  }
  if (const auto nearest = core::nearest_name(name, parts)) return fmt::format("did you mean '{}'?", *nearest);
  return "egarage-notify template list shows the parts there are";
}

}  // namespace

void check_template(const tmpl::Template& text, const TextKey& key, const LintSurroundings& surroundings,
                    Findings& findings) {
  const auto contract = contract_of(key);
  const bool allowed = surroundings.unknown_variables == UnknownVariables::allowed;
  for (const auto& reference : text.references()) {
    if (is_known(reference.path, contract)) continue;
    const auto whose = key.event() ? fmt::format("the contract of {}", core::to_string(*key.event())) : "any contract";
    findings.push_back({allowed ? Severity::warning : Severity::error, text.name(), reference.line, reference.column,
                        fmt::format("the variable '{}' is not in {}", reference.path, whose),
                        hint_for(reference.path, contract, key)});
  }
  if (key.kind() == TextKind::layout) return;
  for (const auto& dependency : text.dependencies()) {
    const auto channel = key.channel.value_or(core::Channel::email);
    if (surroundings.catalogue.choose(dependency.name, channel, {core::Language::es, core::Language::en})) continue;
    findings.push_back({Severity::error, text.name(), dependency.line, dependency.column,
                        fmt::format("there is no text '{}'", dependency.name),
                        hint_for_part(dependency.name, surroundings.catalogue)});
  }
}

void check_references(const TextKey& key, const Shelf& shelf, const LintSurroundings& surroundings,
                      Findings& findings) {
  const auto& text = *shelf.find(key);
  if (text.subject()) check_template(*text.subject(), key, surroundings, findings);
  check_template(text.body(), key, surroundings, findings);
}

}  // namespace egarage::content
