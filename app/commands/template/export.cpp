#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>

#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "content/embedded_files.hpp"

namespace egarage::app {
namespace {

struct ExportOptions {
  TextOptions text;
  std::filesystem::path folder;
  bool own = false, force = false;
};

/// What is written where: of each text the nearest, and the proposals to Meta.
std::map<std::string, std::string> files_of(const TextDesk& desk, bool only_own) {
  std::map<std::string, std::string> files;
  for (const auto& shelf : desk.catalogue().shelves()) {
    if (only_own && shelf->level() != desk.owner().level()) break;
    for (const auto& [key, text] : shelf->texts()) files.emplace(path_of(key), text);
  }
  if (only_own) return files;
  for (const auto& file : content::embedded_files()) {
    if (file.path.starts_with("whatsapp/")) files.emplace(file.path, file.text);
  }
  return files;
}

void refuse_existing(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return;
  throw core::Error(core::ExitCode::usage, fmt::format("{} is there already", file.string()),
                    "Name another folder, or add --force to write over what is there.");
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::error_code failure;
  std::filesystem::create_directories(file.parent_path(), failure);
  std::ofstream output(file, std::ios::binary | std::ios::trunc);
  output << text;
  output.close();
  if (failure || !output) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} cannot be written", file.string()),
                      "Name a folder that you may write to, on a disk with room.");
  }
}

}  // namespace

Action register_template_export(CLI::App& command, Application& application) {
  auto options = std::make_shared<ExportOptions>();
  command.add_option("folder", options->folder, "Where to: one file per text, as in the program's templates/")
      ->required()
      ->type_name("DIR");
  add_owner_option(command, options->text);
  command.add_flag("--own", options->own, "Only the texts that are the company's (or the platform's) own");
  command.add_flag("--force", options->force, "Write over files that are there");
  return [options, &application] {
    auto database = application.open_store_read_only();
    const TextDesk desk{database, options->text.company};
    const auto files = files_of(desk, options->own);
    if (!options->force) {
      for (const auto& [path, text] : files) refuse_existing(options->folder / path);
    }
    for (const auto& [path, text] : files) write(options->folder / path, text);
    if (application.options.verbosity != Verbosity::quiet) {
      std::cout << fmt::format("{} files written to {}.\n", files.size(), options->folder.string());
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
