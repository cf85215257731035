#include "exchange/import.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/commands/input_file.hpp"
#include "app/commands/kind_option.hpp"
#include "app/commands/options.hpp"
#include "app/terminal/progress.hpp"
#include "report/wording.hpp"

namespace egarage::app {
namespace {

struct Options {
  std::string kind, file{InputFile::standard_input}, company;
  core::DryRun dry_run = core::DryRun::no;
};

/// `1,207 rows: 1,100 created, 40 changed, 62 unchanged, 5 refused`.
std::string summary(const exchange::ImportReport& report, core::DryRun dry_run) {
  const auto number = [](std::size_t count) { return report::with_thousands(static_cast<std::int64_t>(count)); };
  return fmt::format("{} {}: {} created, {} changed, {} unchanged, {} refused{}", number(report.rows),
                     report.rows == 1 ? "row" : "rows", number(report.created), number(report.changed),
                     number(report.unchanged), number(report.refused),
                     dry_run == core::DryRun::yes ? " (dry run: nothing was written)" : "");
}

nlohmann::ordered_json as_json(const exchange::ImportReport& report) {
  return {{"rows", report.rows},
          {"created", report.created},
          {"changed", report.changed},
          {"unchanged", report.unchanged},
          {"refused", report.refused}};
}

core::ExitCode import_file(Application& application, const Options& options) {
  const auto& kind = kind_or_error(options.kind, options.company);
  InputFile input(options.file, "Name a file of CSV or JSON Lines.");
  auto database = application.open_store();
  if (!options.company.empty()) company_or_error(store::Directory{database}, options.company);
  exchange::ImportReport report;
  {
    Progress progress(application.options.verbosity == Verbosity::quiet ? Progress::Shown::no
                                                                        : Progress::Shown::on_terminal);
    const auto refused = [&](const exchange::RefusedRow& row) {
      progress.clear();
      fmt::print(stderr, "{}:{}: {}\n", input.name(), row.line, row.sentence);
    };
    const auto show = [&](const exchange::ImportReport& so_far) {
      progress.update(summary(so_far, options.dry_run), std::chrono::steady_clock::now());
    };
    report = exchange::import(database, input.stream(), {kind, options.company, options.dry_run}, application.now(),
                              refused, show);
  }
  if (application.options.output == Output::json) {
    std::cout << as_json(report).dump(2) << '\n';
  } else if (application.options.verbosity != Verbosity::quiet) {
    std::cout << summary(report, options.dry_run) << '\n';
  }
  return report.refused > 0 ? core::ExitCode::some_failed : core::ExitCode::ok;
}

}  // namespace

Action register_import(CLI::App& command, Application& application) {
  auto options = std::make_shared<Options>();
  add_kind_option(command, options->kind);
  command.add_option("FILE", options->file, "CSV or JSON Lines; - or nothing reads standard input");
  add_company_option(command, options->company, "Whose rows they are, where they do not say it themselves");
  add_dry_run_option(command, options->dry_run, "Check every row, write nothing");
  return [options, &application] { return import_file(application, *options); };
}

}  // namespace egarage::app
