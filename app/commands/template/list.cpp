#include <fmt/format.h>

#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "report/table.hpp"

namespace egarage::app {
namespace {

/// Whose text of that key is in force; empty when there is none.
std::string level_of(const TextDesk& desk, const content::TextKey& key) {
  for (const auto& shelf : desk.catalogue().shelves()) {
    if (shelf->text(key)) return std::string{core::name_of(content::level_names, shelf->level())};
  }
  return "";
}

/// All keys of all shelves, events first, then parts, then layouts.
std::set<std::pair<content::TextKind, content::TextKey>> all_keys(const TextDesk& desk) {
  std::set<std::pair<content::TextKind, content::TextKey>> keys;
  for (const auto& shelf : desk.catalogue().shelves()) {
    for (const auto& [key, text] : shelf->texts()) keys.emplace(key.kind(), key);
  }
  return keys;
}

void print_table(const TextDesk& desk) {
  report::Table table{{{"TEXT"}, {"CHANNEL"}, {"es"}, {"en"}}};
  std::set<std::pair<content::TextKind, content::TextKey>> rows;
  for (auto [kind, key] : all_keys(desk)) {
    key.language.reset();
    rows.emplace(kind, key);
  }
  std::string last_name;
  for (const auto& [kind, row] : rows) {
    const auto in = [&desk, &key = row](core::Language language) {
      const auto level = level_of(desk, {key.name, key.channel, language});
      return level.empty() ? std::string{"-"} : level;
    };
    const bool is_layout = kind == content::TextKind::layout;
    const auto name = row.event() ? std::string{core::to_string(*row.event())} : row.name;
    table.add_row({name == last_name ? "" : name,
                   is_layout     ? "email"
                   : row.channel ? std::string{core::to_string(*row.channel)}
                                 : "all",
                   is_layout ? level_of(desk, row) : in(core::Language::es),
                   is_layout ? level_of(desk, row) : in(core::Language::en)});
    last_name = name;
  }
  std::cout << table.text();
}

void print_json(const TextDesk& desk) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& [kind, key] : all_keys(desk)) {
    list.push_back({{"key", to_string(key)}, {"level", level_of(desk, key)}});
  }
  std::cout << list.dump(2) << '\n';
}

}  // namespace

Action register_template_list(CLI::App& command, Application& application) {
  auto options = std::make_shared<TextOptions>();
  add_owner_option(command, *options);
  return [options, &application] {
    auto database = application.open_store_read_only();
    const TextDesk desk{database, options->company};
    if (application.options.output == Output::json) {
      print_json(desk);
    } else {
      print_table(desk);
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
