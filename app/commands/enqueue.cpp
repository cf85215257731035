#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/commands/input_file.hpp"
#include "app/terminal/progress.hpp"
#include "producers/enqueue.hpp"
#include "report/wording.hpp"

namespace egarage::app {
namespace {

/// `207 lines: 231 notifications created, 4 already there, 9 skipped (7 no e-mail address, 2 already over), 5 refused`.
std::string summary(const producers::EnqueueReport& report) {
  const auto number = [](std::size_t count) { return report::with_thousands(static_cast<std::int64_t>(count)); };
  auto line = fmt::format("{}: {} created", report::counted(report.lines, "line", "lines"),
                          report::counted(report.created, "notification", "notifications"));
  if (report.duplicates > 0) line += fmt::format(", {} already there", number(report.duplicates));
  if (!report.skipped.empty()) {
    line += fmt::format(", {} skipped (", number(report.skipped_in_all()));
    std::string_view separator;
    for (const auto& [reason, count] : report.skipped) {
      line += fmt::format("{}{} {}", separator, number(count), reason);
      separator = ", ";
    }
    line += ')';
  }
  if (report.refused > 0) line += fmt::format(", {} refused", number(report.refused));
  return line;
}

nlohmann::ordered_json as_json(const producers::EnqueueReport& report) {
  return {{"lines", report.lines},
          {"created", report.created},
          {"duplicates", report.duplicates},
          {"skipped", report.skipped},
          {"refused", report.refused}};
}

}  // namespace

Action register_enqueue(CLI::App& command, Application& application) {
  auto file = std::make_shared<std::string>(InputFile::standard_input);
  command.add_option("FILE", *file, "Events, one JSON object per line; - or nothing reads standard input");
  return [file, &application] {
    InputFile input(*file, "Name a file that holds one JSON object per line.");
    auto database = application.open_store();
    producers::Enqueuer enqueuer(database);
    producers::EnqueueReport report;
    {
      Progress progress(application.options.verbosity == Verbosity::quiet ? Progress::Shown::no
                                                                          : Progress::Shown::on_terminal);
      const auto refused = [&](const producers::RefusedLine& line) {
        progress.clear();
        fmt::print(stderr, "{}:{}: {}\n", input.name(), line.number, line.sentence);
      };
      const auto show = [&](const producers::EnqueueReport& so_far) {
        progress.update(summary(so_far), std::chrono::steady_clock::now());
      };
      report = enqueuer.run(input.stream(), application.now(), refused, show);
    }
    if (application.options.output == Output::json) {
      std::cout << as_json(report).dump(2) << '\n';
    } else if (application.options.verbosity != Verbosity::quiet) {
      std::cout << summary(report) << '\n';
    }
    return report.refused > 0 ? core::ExitCode::some_failed : core::ExitCode::ok;
  };
}

}  // namespace egarage::app
