#include "app/commands/kind_option.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/nearest_name.hpp"

namespace egarage::app {
namespace {

/// `  odometer           company, vehicle*, …`, wrapped.
std::string describe(const exchange::Kind& kind) {
  constexpr std::size_t width = 110, indent = 21;
  auto line = fmt::format("  {:<{}}", kind.name, indent - 2);
  std::string text;
  for (const auto& column : kind.columns) {
    const bool is_last = &column == &kind.columns.back();
    const auto word = fmt::format(
        "{}{}{}", column.name, column.presence == exchange::Column::Presence::always ? "*" : "", is_last ? "" : ", ");
    if (line.size() + word.size() > width) {
      text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
      line = std::string(indent, ' ');
    }
    line += word;
  }
  return text + line + "\n";
}

std::string list_of_kinds() {
  std::string text = "Kinds, in the order in which they refer to each other, and their columns (* must be there):\n";
  for (const auto& kind : exchange::all_kinds()) text += describe(kind);
  return text + "What each column may hold is in docs/importing.md.\n";
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
