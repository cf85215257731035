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

content::Findings findings_of(const LintOptions& options, Application& application) {
  const auto shown_as = options.file.string();
  const bool is_json = options.file.extension() == ".json";
  const bool are_parameters = options.file.filename() == "parameters.json";
  if (is_json && !are_parameters) return content::check_proposal(shown_as, read_text_file(options.file));

  auto database = application.open_store_read_only();
  const TextDesk desk{database, options.text.company};
  const auto unknown = options.allow_unknown ? content::UnknownVariables::allowed : content::UnknownVariables::refused;
  if (are_parameters) {
    const auto folder = core::parse_language(options.file.parent_path().filename().string());
    return desk.lint_parameters(shown_as, read_text_file(options.file),
                                folder.value_or(language_of(options.text, desk.owner())), unknown, application.now());
  }
  TextDesk::Changes changes;
  if (!options.file.empty()) changes[key_of_file(options)] = {read_text_file(options.file), shown_as};
  return desk.lint(changes, unknown, application.now());
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
    const auto findings = findings_of(*options, application);
    const bool as_json = application.options.output == Output::json;
    print_findings(findings, as_json);
    if (!as_json && findings.empty() && application.options.verbosity != Verbosity::quiet) {
      std::cout << "Nothing to complain about.\n";
    }
    return has_errors(findings) ? core::ExitCode::configuration : core::ExitCode::ok;
  };
}

}  // namespace egarage::app
