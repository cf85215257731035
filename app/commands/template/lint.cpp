#include "content/lint/lint.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "app/text_files.hpp"
#include "content/whatsapp_proposal.hpp"

namespace egarage::app {
namespace {

struct LintOptions {
  TextOptions text;
  std::filesystem::path file;
  std::string as;
  bool allow_unknown = false;
};

/// Which text a file is: as `--as` says, or as it is called: `es/pago_pendiente.sms.md`, `pago_pendiente.sms.es.md`.
content::TextKey key_of_file(const LintOptions& options) {
  if (!options.as.empty()) {
    if (auto key = content::parse_text_key(options.as)) return *std::move(key);
    throw core::Error(core::ExitCode::usage, fmt::format("\"{}\" names no text", options.as),
                      "Write NAME[.CHANNEL].LANG, such as pago_pendiente.sms.es, or layout.html.");
  }
  const auto in_folder = options.file.parent_path().filename() / options.file.filename();
  if (auto key = content::text_key_of_path(in_folder.generic_string())) return *std::move(key);
  if (auto key = content::parse_text_key(options.file.filename().string())) return *std::move(key);
  if (auto key = content::parse_text_key(options.file.stem().string())) return *std::move(key);
  throw core::Error(core::ExitCode::usage, fmt::format("{} does not say which text it is", options.file.string()),
                    "Add --as NAME[.CHANNEL].LANG, such as --as pago_pendiente.sms.es.");
}

}  // namespace

Action register_template_lint(CLI::App& command, Application& application) {
  auto options = std::make_shared<LintOptions>();
  command
      .add_option("file", options->file,
                  "A text, or a proposal to Meta (.json); without it, all texts of the company or the platform")
      ->type_name("FILE");
  command.add_option("--as", options->as, "Which text the file is to be, if its name does not say so")
      ->type_name("KEY");
  add_owner_option(command, options->text);
  command.add_flag("--allow-unknown", options->allow_unknown,
                   "Accept variables outside the contract: your program sends them in datos");
  return [options, &application] {
    const bool as_json = application.options.output == Output::json;
    if (options->file.extension() == ".json") {
      const auto findings = content::check_proposal(options->file.string(), read_text_file(options->file));
      print_findings(findings, as_json);
      return has_errors(findings) ? core::ExitCode::configuration : core::ExitCode::ok;
    }
    auto database = application.open_store_read_only();
    const TextDesk desk{database, options->text.company};
    TextDesk::Changes changes;
    if (!options->file.empty()) {
      changes.emplace(key_of_file(*options), TextDesk::Draft{read_text_file(options->file), options->file.string()});
    }
    const auto unknown =
        options->allow_unknown ? content::UnknownVariables::allowed : content::UnknownVariables::refused;
    const auto findings = desk.lint(changes, unknown, application.now());
    print_findings(findings, as_json);
    if (!as_json && findings.empty() && application.options.verbosity != Verbosity::quiet) {
      std::cout << (changes.empty() && desk.own().texts().empty()
                        ? fmt::format("{} has no texts of its own.\n", desk.owner().label())
                        : "Nothing to complain about.\n");
    }
    return has_errors(findings) ? core::ExitCode::configuration : core::ExitCode::ok;
  };
}

}  // namespace egarage::app
