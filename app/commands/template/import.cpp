#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "app/text_files.hpp"

namespace egarage::app {
namespace {

struct ImportOptions {
  TextOptions text;
  std::filesystem::path folder;
  bool allow_unknown = false, dry_run = false;
};

/// What a folder holds.
struct Folder {
  TextDesk::Changes texts;
  std::vector<std::string> strangers;  ///< files that are no texts
};

Folder read_folder(const std::filesystem::path& folder) {
  Folder result;
  std::error_code failure;
  for (std::filesystem::recursive_directory_iterator entry{folder, failure}, end; !failure && entry != end;
       entry.increment(failure)) {
    if (!entry->is_regular_file() || entry->is_symlink()) continue;  // what a link leads to is not in the folder
    const auto path = entry->path().lexically_relative(folder).generic_string();
    if (auto key = content::text_key_of_path(path)) {
      result.texts.emplace(*std::move(key), TextDesk::Draft{read_text_file(entry->path()), entry->path().string()});
    } else if (!path.starts_with("whatsapp/")) {  // proposals to Meta are exported to be looked at
      result.strangers.push_back(path);
    }
  }
  if (failure) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} cannot be read: {}", folder.string(), failure.message()),
                      "Name a folder as egarage-notify template export writes it.");
  }
  return result;
}

/// Without what is in force already: an exported folder holds mostly that.
TextDesk::Changes without_unchanged(TextDesk::Changes texts, const TextDesk& desk) {
  std::erase_if(texts, [&](const auto& text) {
    const auto* own = desk.own().text(text.first);
    const auto* in_force = own ? own : desk.inherited(text.first);
    return in_force && *in_force == text.second.text;
  });
  return texts;
}

}  // namespace

Action register_template_import(CLI::App& command, Application& application) {
  auto options = std::make_shared<ImportOptions>();
  command.add_option("folder", options->folder, "A folder as template export writes it")->required()->type_name("DIR");
  add_owner_option(command, options->text);
  command.add_flag("--allow-unknown", options->allow_unknown,
                   "Accept variables outside the contract: your program sends them in datos");
  command.add_flag("--dry-run", options->dry_run, "Check everything, change nothing");
  return [options, &application] {
    auto database = application.open_store();
    TextDesk desk{database, options->text.company};
    auto folder = read_folder(options->folder);
    for (const auto& path : folder.strangers) {
      fmt::print(stderr, "{}: warning: the file's name is that of no text\n", (options->folder / path).string());
    }
    const auto found = folder.texts.size();
    const auto changes = without_unchanged(std::move(folder.texts), desk);
    const auto unknown =
        options->allow_unknown ? content::UnknownVariables::allowed : content::UnknownVariables::refused;
    content::Findings findings;
    if (!changes.empty()) findings = desk.lint(changes, unknown, application.now());
    const bool as_json = application.options.output == Output::json;
    print_findings(findings, as_json);
    if (has_errors(findings)) {
      throw core::Error(core::ExitCode::configuration, fmt::format("{} is refused", options->folder.string()),
                        "Mend what is reported above; nothing was taken over.");
    }
    if (!options->dry_run && !changes.empty()) desk.put(changes, application.now());
    if (!as_json && application.options.verbosity != Verbosity::quiet) {
      std::cout << fmt::format("{} texts read, {} {}, the others are as they were.\n", found, changes.size(),
                               options->dry_run ? "would be taken over" : "taken over");
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
