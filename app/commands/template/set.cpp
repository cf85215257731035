#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "app/text_files.hpp"

namespace egarage::app {
namespace {

struct SetOptions {
  TextOptions text;
  std::filesystem::path file;
  bool allow_unknown = false;
};

/// Which text is set. Nobody may have meant Spanish who named neither a language nor a company.
content::TextKey key_to_set(const TextOptions& options, const TextOwner& owner) {
  const auto key = key_of(options, owner);
  if (key.language && options.language.empty() && !owner.company) {
    throw core::Error(core::ExitCode::usage, "in which language is the text?", "Add --lang es or --lang en.");
  }
  return key;
}

}  // namespace

Action register_template_set(CLI::App& command, Application& application) {
  auto options = std::make_shared<SetOptions>();
  add_name_argument(command, options->text);
  command.add_option("file", options->file, "The text; - reads standard input")->required()->type_name("FILE");
  add_variant_options(command, options->text);
  add_owner_option(command, options->text);
  command.add_flag("--allow-unknown", options->allow_unknown,
                   "Accept variables outside the contract: your program sends them in datos");
  return [options, &application] {
    auto database = application.open_store();
    TextDesk desk{database, options->text.company};
    const auto key = key_to_set(options->text, desk.owner());
    const TextDesk::Changes changes{{key, {read_text_file(options->file), options->file.string()}}};
    const auto unknown =
        options->allow_unknown ? content::UnknownVariables::allowed : content::UnknownVariables::refused;
    const auto findings = desk.lint(changes, unknown, application.now());
    print_findings(findings, application.options.output == Output::json);
    if (has_errors(findings)) {
      throw core::Error(core::ExitCode::configuration, fmt::format("{} is refused", options->file.string()),
                        "Mend what is reported above; the text of before stays in force.");
    }
    desk.put(changes, application.now());
    if (application.options.output == Output::text && application.options.verbosity != Verbosity::quiet) {
      std::cout << fmt::format("{} is in force for {}.\n", to_string(key),
                               desk.owner().company ? desk.owner().label() : "all companies");
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
