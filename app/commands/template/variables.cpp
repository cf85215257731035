#include "content/variables.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "report/table.hpp"

namespace egarage::app {
namespace {

void print_json(const std::vector<content::Variable>& variables) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& variable : variables) {
    auto events = nlohmann::ordered_json::array();
    for (const auto& event : core::all_events) {
      if (variable.events.contains(event.event)) events.push_back(event.code);
    }
    list.push_back({{"path", variable.path},
                    {"type", core::name_of(content::variable_type_names, variable.type)},
                    {"events", events},
                    {"example_cl", variable.chilean},
                    {"example_us", variable.american},
                    {"meaning", variable.meaning}});
  }
  std::cout << list.dump(2) << '\n';
}

void print_table(const std::vector<content::Variable>& variables) {
  report::Table table{{{"VARIABLE"}, {"TYPE"}, {"EXAMPLE"}, {"MEANING"}}};
  for (const auto& variable : variables) {
    table.add_row({std::string{variable.path}, std::string{core::name_of(content::variable_type_names, variable.type)},
                   std::string{variable.chilean}, std::string{variable.meaning}});
  }
  std::cout << table.text();
}

}  // namespace

Action register_template_variables(CLI::App& command, Application& application) {
  auto name = std::make_shared<std::string>();
  command.add_option("event", *name, "Only what the texts of this event may use")->type_name("EVENT");
  return [name, &application] {
    std::vector<content::Variable> chosen;
    const auto event = name->empty() ? std::nullopt : std::optional{event_of(*name)};
    for (const auto& variable : content::variables()) {
      if (!event || variable.events.contains(*event)) chosen.push_back(variable);
    }
    if (application.options.output == Output::json) {
      print_json(chosen);
    } else {
      print_table(chosen);
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
