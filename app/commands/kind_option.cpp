#include "app/commands/kind_option.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/nearest_name.hpp"

namespace egarage::app {
namespace {

std::string list_of_kinds() {
  std::string text = "Kinds and their columns (docs/importing.md explains them):\n";
  for (const auto& kind : exchange::all_kinds()) {
    text += fmt::format("  {}:", kind.name);
    std::string_view separator = " ";
    for (const auto& column : kind.columns) {
      text += fmt::format("{}{}", separator, column.name);
      separator = ", ";
    }
    text += '\n';
  }
  return text;
}

}  // namespace

void add_kind_option(CLI::App& command, std::string& kind) {
  command.add_option("KIND", kind, "What the rows are, such as customers")->required();
  command.footer(list_of_kinds() + "\n" + command.get_footer());
}

const exchange::Kind& kind_or_error(const std::string& name, const std::string& company) {
  const auto* kind = exchange::find_kind(name);
  if (!kind) {
    std::vector<std::string_view> names;
    for (const auto& known : exchange::all_kinds()) names.push_back(known.name);
    const auto nearest = core::nearest_name(name, names);
    throw core::Error(
        core::ExitCode::usage, fmt::format("there is no kind \"{}\"", name),
        nearest ? fmt::format("Did you mean \"{}\"?", *nearest) : fmt::format("Kinds are {}.", fmt::join(names, ", ")));
  }
  if (!company.empty() && !kind->is_of_companies()) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} are not one company's", name), "Leave --company out.");
  }
  return *kind;
}

}  // namespace egarage::app
