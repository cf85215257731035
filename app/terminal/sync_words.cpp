#include "app/terminal/sync_words.hpp"

#include <fmt/format.h>

#include <array>

#include "report/wording.hpp"

namespace egarage::app {

namespace {

struct Line {
  std::string_view kind;
  const host::KindReport& report;
};

std::array<Line, 5> lines_of(const host::SyncReport& report) {
  return {{{"companies", report.companies},
           {"customers", report.customers},
           {"vehicles", report.vehicles},
           {"documents", report.documents},
           {"reminders", report.reminders}}};
}

std::string line_of(const Line& line) {
  const auto number = [](std::size_t count) { return report::with_thousands(static_cast<std::int64_t>(count)); };
  const auto& [kind, report] = line;
  auto text = fmt::format("{:<10} {:>9} created {:>9} changed {:>9} unchanged", kind, number(report.created),
                          number(report.changed), number(report.unchanged));
  if (report.refused > 0) text += fmt::format(" {:>9} refused", number(report.refused));
  if (report.gone > 0) text += fmt::format(" {:>9} gone", number(report.gone));
  text += '\n';
  for (const auto& [note, count] : report.notes) text += fmt::format("  {:>9} {}\n", number(count), note);
  return text;
}

nlohmann::json json_of(const host::KindReport& report) {
  return {{"created", report.created}, {"changed", report.changed}, {"unchanged", report.unchanged},
          {"refused", report.refused}, {"gone", report.gone},       {"notes", report.notes}};
}

}  // namespace

StepResult in_words(const host::SyncReport& report, core::DryRun dry_run) {
  StepResult result;
  result.data = nlohmann::json::object();
  for (const auto& line : lines_of(report)) {
    result.text += line_of(line);
    result.data[std::string(line.kind)] = json_of(line.report);
  }
  if (dry_run == core::DryRun::yes) result.text += "Dry run: nothing was written.\n";
  auto& questions = result.data["questions"] = nlohmann::json::array();
  for (const auto& question : report.questions)
    questions.push_back({{"reason", question.sentence}, {"hint", question.hint}});
  if (!report.questions.empty()) {
    result.code = core::ExitCode::some_failed;
    result.error = report.questions.front().sentence;
    if (report.questions.size() > 1) result.error += fmt::format(" ({} more)", report.questions.size() - 1);
    result.hint = report.questions.front().hint;
  }
  return result;
}

}  // namespace egarage::app
